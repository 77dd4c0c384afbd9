import { Field, makeStyles } from '@fluentui/react-components';

const useStyles = makeStyles({ file: { overflowWrap: 'anywhere', userSelect: 'text' } });

export interface ChosenFileProps {
  readonly label: string;
  /** Its name, without the folder: main has chosen it. */
  readonly name: string;
  readonly field: string;
  /** What is wrong with it; null where nothing is known. */
  readonly said?: string | null;
}

/** A file that was chosen by a dialog of the system, as a field that cannot be typed into. */
export function ChosenFile({ label, name, field, said = null }: ChosenFileProps) {
  const styles = useStyles();
  return (
    <Field label={label} {...(said === null ? {} : { validationMessage: said })}>
      {({ id }) => (
        <output id={id} className={styles.file} aria-live="off" data-field={field}>
          {name}
        </output>
      )}
    </Field>
  );
}

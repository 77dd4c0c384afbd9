import { Field, Input, makeStyles, type InputProps } from '@fluentui/react-components';
import { useEffect, useRef } from 'react';
import { useTexts, type TextKey } from '../../app/texts.tsx';
import { afterPress } from './press.ts';
import { saidOf, type Field as FieldName, type Form } from './dialog-state.ts';

const useStyles = makeStyles({ field: { minWidth: 0 }, input: { width: '100%', minWidth: 0 } });

export interface DraftFieldProps {
  readonly form: Form;
  readonly name: FieldName;
  readonly label: TextKey;
  readonly required?: boolean;
  /** What stands below while nothing is wrong. */
  readonly hint?: string;
  readonly placeholder?: string;
  readonly readOnly?: boolean;
  readonly focused: boolean;
  readonly orientation?: 'horizontal' | 'vertical';
  readonly inputMode?: InputProps['inputMode'];
  readonly onType: (value: string) => void;
  readonly onLeave: () => void;
}

/** One text field of the draft: what is wrong with it stands beside it, in words, once it was left. */
export function DraftField({
  form,
  name,
  label,
  required = false,
  hint,
  placeholder,
  readOnly = false,
  focused,
  orientation = 'horizontal',
  inputMode,
  onType,
  onLeave,
}: DraftFieldProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focused) input.current?.focus();
  }, [focused]);
  const { fault, warning } = saidOf(form, name);
  const message = fault ?? warning;
  return (
    <Field
      className={styles.field}
      label={t(label)}
      orientation={orientation}
      required={required}
      validationState={fault === null ? (warning === null ? 'none' : 'warning') : 'error'}
      {...(message === null ? {} : { validationMessage: message })}
      {...(hint === undefined ? {} : { hint })}
    >
      <Input
        input={{ ref: input }}
        className={styles.input}
        value={form.draft[name]}
        {...(placeholder === undefined ? {} : { placeholder })}
        {...(inputMode === undefined ? {} : { inputMode })}
        readOnly={readOnly}
        {...(readOnly ? { appearance: 'filled-darker' as const } : {})}
        spellCheck={false}
        autoComplete="off"
        data-field={name}
        onChange={(_, { value }) => onType(value)}
        onBlur={() => afterPress(onLeave)}
      />
    </Field>
  );
}

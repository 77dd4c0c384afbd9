import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useTexts } from '../../bridge/texts.tsx';
import { useFocusReturn } from '../../parts/use-focus-return.ts';
import { WhichServer, type ServerChoice } from './link-dialog.tsx';

const useStyles = makeStyles({
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
});

export interface DialogServerProps {
  readonly name: string;
  readonly instance: string | null;
  readonly chosen: ServerChoice | null;
  readonly onChoose: (choice: ServerChoice) => void;
}

/** In the dialog of a credential: the server that will say whether it has it, kept with the credential once there is one. */
export function DialogServer({ name, instance, chosen, onChoose }: DialogServerProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const [open, setOpen] = useState(false);
  const around = useFocusReturn<HTMLSpanElement>(open);
  return (
    <div className={styles.line} data-dialog-server={chosen === null ? 'none' : 'chosen'}>
      <span className={styles.quiet}>
        {chosen === null ? t('asked.dialog.offer') : [chosen.name, chosen.instance].filter((each) => each !== null).join(' · ')}
      </span>
      <span ref={around}>
        <Button size="small" onClick={() => setOpen(true)}>
          {t('asked.link')}
        </Button>
      </span>
      {open ? (
        <WhichServer
          name={name}
          instance={instance}
          fault={null}
          busy={false}
          onChoose={(choice) => {
            onChoose(choice);
            setOpen(false);
          }}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </div>
  );
}

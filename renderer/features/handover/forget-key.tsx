import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import type { CredentialRow } from '../../../preload/contract.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { useFocusReturn } from '../../parts/use-focus-return.ts';
import { ForgetKeyDialog } from './forget-key-dialog.tsx';

export interface ForgetKeyProps {
  readonly row: CredentialRow;
  readonly onForgotten?: (row: CredentialRow) => void;
}

/** The button of *Hand over and forget the key…*; nothing where no key is here. */
export function ForgetKey({ row, onForgotten }: ForgetKeyProps) {
  const { t } = useTexts();
  const [asking, setAsking] = useState(false);
  const around = useFocusReturn<HTMLDivElement>(asking);
  if (row.custody === 'external' || row.certificate === null) return null;
  return (
    <div ref={around}>
      <Button size="small" onClick={() => setAsking(true)}>
        {t('forget-key.button')}
      </Button>
      {asking ? (
        <ForgetKeyDialog
          row={row}
          onClose={(forgotten) => {
            setAsking(false);
            if (forgotten !== null) onForgotten?.(forgotten);
          }}
        />
      ) : null}
    </div>
  );
}

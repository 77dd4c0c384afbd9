import { Button, Dialog, DialogSurface, mergeClasses } from '@fluentui/react-components';
import { useEffect, useEffectEvent } from 'react';
import type { CredentialRow, ReportView } from '../../../preload/contract.ts';
import { request } from '../../bridge/bridge.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { useDialogStyles } from '../../parts/dialog-styles.ts';
import { RunPage, runStage, useRun, type RunWords, StagePage } from '../../run/index.ts';
import { CheckList, VerdictTitle } from '../proof/index.ts';

/** Nothing is planned here, so nothing of a plan is said. */
const words: RunWords = {
  title: 'verification.done',
  warning: 'verification.done',
  apply: 'verification.again',
  working: 'manager.verifying.row',
  failed: 'verification.failed',
  stopped: 'verification.stopped',
};

function Done({ report, onClose }: { readonly report: ReportView; readonly onClose: () => void }) {
  const { t } = useTexts();
  const close = (
    <Button appearance="primary" onClick={onClose}>
      {t('app.close')}
    </Button>
  );
  return (
    <StagePage title={<VerdictTitle report={report} />} actions={close}>
      <CheckList checks={report.proof?.checks ?? []} />
    </StagePage>
  );
}

export interface SignedInVerificationProps {
  readonly row: CredentialRow;
  /** The report where it was verified, else null. */
  readonly onClose: (report: ReportView | null) => void;
}

/** Sign in, and see what an administrator's view of the tenant proves; begins by itself. */
export function SignedInVerification({ row, onClose }: SignedInVerificationProps) {
  const styles = useDialogStyles();
  const [state, actions] = useRun(() => request('verification:begin', { id: row.id }));
  const begin = useEffectEvent(() => actions.begin());
  useEffect(() => begin(), []);
  const stage = runStage(state);
  const close = () => onClose(state.report);
  return (
    <Dialog open modalType="alert" onOpenChange={(_, { type }) => type === 'escapeKeyDown' && stage !== 'sign-in' && close()}>
      <DialogSurface className={mergeClasses(styles.surface, styles.wide)} data-dialog="verification" data-stage={stage}>
        {stage === 'done' && state.report !== null ? (
          <Done report={state.report} onClose={close} />
        ) : (
          <RunPage
            stage={stage === 'done' ? 'work' : stage}
            words={words}
            warns={false}
            name={row.name}
            tenant={row.tenantDomain || row.tenantId}
            state={state}
            actions={actions}
            onClose={close}
          />
        )}
      </DialogSurface>
    </Dialog>
  );
}

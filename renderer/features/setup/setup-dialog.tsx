import { Dialog, DialogSurface, mergeClasses } from '@fluentui/react-components';
import { useDialogStyles } from '../../parts/dialog-styles.ts';
import { FailedPage } from './failed-page.tsx';
import { PlanPage } from './plan-page.tsx';
import { ProgressPage } from './progress-page.tsx';
import { ProofPage } from './proof-page.tsx';
import { hasEnded, type SetupState } from './setup-state.ts';
import { SheetPage } from './sheet-page.tsx';
import { SignInPage } from './sign-in-page.tsx';
import { TenantPage } from './tenant-page.tsx';
import { useWizardStyles } from '../../parts/wizard-styles.ts';
import { useSetup, type SetupActions } from './use-setup.ts';

export interface SetupDialogProps {
  /** Where it begins. */
  readonly begun: SetupState;
  /** Back to the dialog, as it was; nothing was written. */
  readonly onBack: () => void;
  /** `credential`: id of what was set up; null where nothing was stored, or it is not known. */
  readonly onClose: (credential: string | null) => void;
}

interface PageProps extends Pick<SetupDialogProps, 'onBack'> {
  readonly state: SetupState;
  readonly actions: SetupActions;
  readonly onClose: () => void;
}

function Stage({ state, actions, onBack, onClose }: PageProps) {
  const { intent, stage } = state;
  switch (stage.at) {
    case 'tenant':
      return (
        <TenantPage
          intent={intent}
          cancelled={stage.cancelled}
          fault={stage.fault}
          onBegin={actions.begin}
          onBack={onBack}
          onClose={onClose}
        />
      );
    case 'signing-in':
      return (
        <SignInPage
          stage={stage}
          tenant={intent.draft.tenant}
          onCopyAddress={actions.copyAddress}
          onUseCode={actions.useCode}
          onCancel={actions.cancel}
        />
      );
    case 'plan':
      return <PlanPage intent={intent} stage={stage} actions={actions} onBack={onBack} onClose={onClose} />;
    case 'applying':
      return <ProgressPage stage={stage} onCancel={actions.cancel} />;
    case 'failed':
      return <FailedPage intent={intent} stage={stage} actions={actions} onClose={onClose} />;
    case 'proof':
      return <ProofPage stage={stage} actions={actions} onClose={onClose} />;
    case 'sheet':
      return <SheetPage stage={stage} actions={actions} onClose={onClose} />;
    default: {
      const never: never = stage;
      return never;
    }
  }
}

/** Sign-in, plan, changes, proof, and the sheet for the server, over the list. */
export function SetupDialog({ begun, onBack, onClose }: SetupDialogProps) {
  const styles = useDialogStyles();
  const wizard = useWizardStyles();
  const [state, actions] = useSetup(begun);
  const { stage } = state;
  const close = () => onClose(hasEnded(stage) ? stage.report.credential.id : begun.intent.draft.id);
  // Escape leaves where nothing is under way, also the sheet, whose ticks are kept; elsewhere it would end work that nobody meant to end.
  const publishing = stage.at === 'sheet' && stage.publishing !== null;
  const leavable = stage.at !== 'signing-in' && stage.at !== 'applying' && !publishing;
  return (
    <Dialog open onOpenChange={(_, { type }) => type === 'escapeKeyDown' && leavable && close()}>
      <DialogSurface className={mergeClasses(styles.surface, wizard.surface)} data-dialog="setup" data-stage={stage.at}>
        <Stage state={state} actions={actions} onBack={onBack} onClose={close} />
      </DialogSurface>
    </Dialog>
  );
}

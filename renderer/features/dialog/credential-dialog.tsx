import { useState } from 'react';
import type { CredentialRow } from '../../../preload/contract.ts';
import { useAnnounce } from '../../app/announce.tsx';
import { useTexts } from '../../app/texts.tsx';
import { beginSetup, ByHand, SetupDialog, type Intent } from '../setup/index.ts';
import { AppCredentials } from './app-credentials.tsx';
import type { Form } from './dialog-state.ts';
import { LoadingDialog } from './loading-dialog.tsx';
import { useForm } from './use-form.ts';

export interface CredentialDialogProps {
  /** Id of the credential to edit; null creates one. */
  readonly credential: string | null;
  /** `select`: the row the list is to select and focus, e.g. the one that was just created. */
  readonly onClose: (select: string | null) => void;
}

type View =
  | { readonly at: 'dialog'; readonly form: Form }
  | { readonly at: 'by-hand'; readonly saved: CredentialRow }
  | { readonly at: 'setup'; readonly form: Form; readonly intent: Intent };

interface OpenDialogProps extends CredentialDialogProps {
  readonly form: Form;
  readonly registered: boolean;
}

function OpenDialog({ credential, form, registered, onClose }: OpenDialogProps) {
  const { t } = useTexts();
  const announce = useAnnounce();
  const [view, setView] = useState<View>({ at: 'dialog', form });
  switch (view.at) {
    case 'dialog':
      return (
        <AppCredentials
          form={view.form}
          registered={registered}
          onCancel={() => onClose(credential)}
          onSetUp={(filled, certificate) => setView({ at: 'setup', form: filled, intent: { draft: filled.draft, certificate } })}
          onSaved={(saved, filled) => {
            announce(t('dialog.saved', { name: saved.name }));
            // The check list is for a new registration by hand; whoever edits one knows where it is.
            if (filled.draft.id === null) setView({ at: 'by-hand', saved });
            else onClose(saved.id);
          }}
        />
      );
    case 'by-hand':
      return <ByHand credential={view.saved} onClose={() => onClose(view.saved.id)} />;
    case 'setup':
      return (
        <SetupDialog
          begun={beginSetup(view.intent)}
          onBack={() => setView({ at: 'dialog', form: view.form })}
          onClose={(id) => onClose(id ?? credential)}
        />
      );
    default: {
      const never: never = view;
      return never;
    }
  }
}

/** Azure AD App Credentials, and the set-up that follows. */
export function CredentialDialog(props: CredentialDialogProps) {
  const begun = useForm(props.credential);
  if (begun.form === null)
    return <LoadingDialog fault={begun.fault} onRetry={begun.reload} onClose={() => props.onClose(props.credential)} />;
  return <OpenDialog {...props} form={begun.form} registered={begun.registered} />;
}

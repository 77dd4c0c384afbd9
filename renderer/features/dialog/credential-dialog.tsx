import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { CredentialRow } from '../../../preload/contract.ts';
import { useAnnounce } from '../../parts/announce.tsx';
import { request, subscribe } from '../../bridge/bridge.ts';
import { useFacts } from '../../bridge/facts.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { beginSetup, ByHand, SetupDialog, type Intent } from '../setup/index.ts';
import type { ServerChoice } from '../asked-servers/index.ts';
import { AppCredentials } from './app-credentials.tsx';
import type { Form } from './form.ts';
import { forgetDraft, keepDraft, readDraft, withDraft, type KeptDraft } from './kept-draft.ts';
import { LoadingDialog } from '../../parts/loading-dialog.tsx';
import { useForm } from './use-form.ts';

export interface CredentialDialogProps {
  /** Id of the credential to edit; null creates one. */
  readonly credential: string | null;
  /** `select`: the row the list is to select and focus, e.g. the one that was just created. */
  readonly onClose: (select: string | null) => void;
}

type View =
  /** `kept`: what the form goes on with. */
  | { readonly at: 'dialog'; readonly form: Form; readonly kept: KeptDraft | null }
  | { readonly at: 'by-hand'; readonly saved: CredentialRow }
  | { readonly at: 'setup'; readonly form: Form; readonly intent: Intent };

interface OpenDialogProps extends CredentialDialogProps {
  readonly form: Form;
  readonly registered: boolean;
}

function OpenDialog({ credential, form, registered, onClose }: OpenDialogProps) {
  const { t } = useTexts();
  const { practice } = useFacts();
  const announce = useAnnounce();
  const [view, setView] = useState<View>(() => {
    const kept = readDraft(practice, credential);
    return { at: 'dialog', form: kept === null ? form : withDraft(form, kept), kept };
  });
  const [holder, setHolder] = useState<ServerChoice | null>(() => {
    const { inServer: known = null } = form.stored ?? {};
    return known;
  });
  /** A credential that is in the list already is connected at once. */
  const choose = (choice: ServerChoice) => {
    setHolder(choice);
    if (credential !== null) void request('server:link', { credential, server: choice.id, instance: choice.instance });
  };
  // What was rendered before the last word is still on its way to the store.
  const settled = useRef(false);
  const forget = () => {
    settled.current = true;
    forgetDraft(practice, credential);
  };
  const keep = useCallback(
    (typed: Form): void => {
      if (!settled.current) keepDraft(practice, form.draft, typed);
    },
    [practice, form],
  );
  // What was set up is in the list, also where the window is closed before the last page is.
  const onEvent = useEffectEvent((kind: string) => (kind === 'ended' && view.at === 'setup' ? forget() : undefined));
  useEffect(() => subscribe('run:event', ({ event }) => onEvent(event.kind)), []);
  switch (view.at) {
    case 'dialog':
      return (
        <AppCredentials
          key={view.kept?.at ?? ''}
          form={view.form}
          kept={view.kept}
          registered={registered}
          holder={holder}
          onHolder={choose}
          onType={keep}
          onStartAnew={() => {
            forgetDraft(practice, credential);
            setView({ at: 'dialog', form, kept: null });
          }}
          onCancel={() => {
            forget();
            onClose(credential);
          }}
          onLeave={() => {
            if (readDraft(practice, credential) !== null) announce(t('dialog.draft.kept'));
            onClose(credential);
          }}
          onSetUp={(filled, certificate) => {
            // What was stored already was saved first; a new one is stored when its plan is accepted.
            if (credential !== null) forget();
            setView({ at: 'setup', form: filled, intent: { draft: filled.draft, certificate, holder } });
          }}
          onSaved={(saved, filled) => {
            forget();
            announce(t('dialog.saved', { name: saved.name }));
            // The check list is for a new registration by hand; whoever edits one knows where it is.
            if (filled.draft.id === null && holder !== null)
              void request('server:link', { credential: saved.id, server: holder.id, instance: holder.instance });
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
          onBack={() => {
            settled.current = false;
            setView({ at: 'dialog', form: view.form, kept: null });
          }}
          onClose={(id) => {
            if (id !== null) forget();
            onClose(id ?? credential);
          }}
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

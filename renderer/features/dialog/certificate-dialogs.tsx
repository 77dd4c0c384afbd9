import { PfxDialog } from '../pfx/index.ts';
import { CertificateDetails } from './certificate-details.tsx';
import type { DialogState } from './dialog-state.ts';
import { currentCertificate } from './form.ts';
import { ImportConfirmation } from '../../parts/import-confirmation.tsx';
import { PemImport } from './pem-import.tsx';
import { PfxImport } from './pfx-import.tsx';
import type { DialogActions } from './use-dialog.ts';

export interface CertificateDialogsProps {
  readonly state: DialogState;
  readonly actions: DialogActions;
  /** Id of what is exported: of a certificate that main keeps, or of the credential; null where there is none. */
  readonly certificate: string | null;
}

/** What the drop-down of the certificate opens over the dialog. */
export function CertificateDialogs({ state, actions, certificate }: CertificateDialogsProps) {
  const { draft } = state.form;
  const slot = currentCertificate(state.form);
  switch (state.at) {
    case 'editing':
    case 'submitting':
      return null;
    case 'details':
      return <CertificateDetails facts={state.facts} onClose={actions.dismiss} />;
    case 'exporting':
      return certificate === null ? null : (
        <PfxDialog
          id={certificate}
          certificate={slot.kind === 'new' || slot.kind === 'stored' ? slot.facts : null}
          onClose={actions.dismiss}
        />
      );
    case 'importing-pfx':
      return (
        <PfxImport
          key={state.file.file}
          file={state.file}
          credential={draft.id}
          onImported={actions.imported}
          onOther={actions.choosePfx}
          onClose={actions.dismiss}
        />
      );
    case 'importing-pem':
      return (
        <PemImport
          key={state.file.file}
          file={state.file}
          credential={draft.id}
          onImported={actions.imported}
          onOther={actions.choosePem}
          onClose={actions.dismiss}
        />
      );
    case 'confirming-import':
      return (
        <ImportConfirmation
          facts={state.chosen.facts}
          onConfirm={actions.confirmImport}
          onOther={actions.chooseCertificate}
          onClose={actions.dismiss}
        />
      );
    default: {
      const never: never = state;
      return never;
    }
  }
}

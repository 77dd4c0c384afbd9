import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Spinner } from '@fluentui/react-components';
import { useAnnounce } from '../../app/announce.tsx';
import { request } from '../../app/bridge.ts';
import { useFacts } from '../../app/facts.ts';
import { FaultBar } from '../../app/fault-bar.tsx';
import { useServer } from '../../app/servers.ts';
import { useTexts } from '../../app/texts.tsx';
import { PfxDialog } from '../pfx/index.ts';
import { CertificateDetails } from './certificate-details.tsx';
import { CertificateField } from './certificate-field.tsx';
import { CustodyChoice } from './custody-choice.tsx';
import { certificateToSend, currentCertificate, type Form } from './dialog-state.ts';
import { useDialogStyles } from './dialog-styles.ts';
import { DraftField } from './draft-field.tsx';
import { ImportConfirmation } from './import-confirmation.tsx';
import { PemImport } from './pem-import.tsx';
import { PermissionProfile } from './permission-profile.tsx';
import { PfxImport } from './pfx-import.tsx';
import { Section } from './section.tsx';
import { ServerChoice } from './server-choice.tsx';
import { useDialog, type DialogEnds } from './use-dialog.ts';
import { UserSignIn } from './user-sign-in.tsx';

export interface AppCredentialsProps extends DialogEnds {
  readonly form: Form;
  /** True once the tenant was read: its ids are facts then. */
  readonly registered: boolean;
  readonly onCancel: () => void;
}

/** The dialog Azure AD App Credentials: which server software, then the sections of that dialog in its order. */
export function AppCredentials({ form: begun, registered, onCancel, ...ends }: AppCredentialsProps) {
  const { t } = useTexts();
  const announce = useAnnounce();
  const { annotations } = useFacts();
  const styles = useDialogStyles();
  const [state, actions] = useDialog(begun, ends);
  const { form } = state;
  const { draft } = form;
  const server = useServer(draft.server);
  const slot = currentCertificate(form);
  const busy = state.at === 'submitting';
  const away = state.at !== 'editing' && !busy;
  const focus = state.at === 'editing' ? state.focus : null;
  const certificateId = certificateToSend(form) ?? draft.id;

  async function download(): Promise<void> {
    if (certificateId === null) return;
    const outcome = await request('certificate:export', { id: certificateId, format: 'cer', password: null, encryption: 'modern' });
    if (!outcome.ok) actions.fail(outcome.fault);
    else if (outcome.value !== null) announce(t('dialog.certificate.saved', { path: outcome.value.path }));
  }

  async function exportRequest(): Promise<void> {
    if (draft.id === null) return;
    const outcome = await request('request:export', { id: draft.id });
    if (!outcome.ok) actions.fail(outcome.fault);
    else if (outcome.value !== null) announce(t('dialog.certificate.request-saved', { path: outcome.value.path }));
  }

  return (
    <>
      <Dialog open onOpenChange={(_, { type }) => type !== 'backdropClick' && !busy && onCancel()}>
        <DialogSurface className={styles.surface} data-dialog="app-credentials">
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              if (!busy) actions.submit('set-up');
            }}
          >
            <DialogBody className={styles.body}>
              <DialogTitle>{t('dialog.title')}</DialogTitle>
              <DialogContent className={styles.content}>
                <Section title={t('dialog.settings')}>
                  <ServerChoice state={state} actions={actions} />
                  <DraftField
                    form={form}
                    name="name"
                    label={t('field.name')}
                    required
                    focused={focus === 'name'}
                    onType={(name) => actions.type({ name })}
                    onLeave={() => actions.leave('name')}
                  />
                  <DraftField
                    form={form}
                    name="clientId"
                    label={t('field.client-id')}
                    placeholder={t('dialog.filled-in')}
                    readOnly={registered}
                    focused={focus === 'clientId'}
                    onType={(clientId) => actions.type({ clientId })}
                    onLeave={() => actions.leave('clientId')}
                  />
                  <DraftField
                    form={form}
                    name="tenant"
                    label={t('field.tenant-id')}
                    placeholder={t('dialog.filled-in')}
                    readOnly={registered}
                    {...(registered ? {} : { hint: t('dialog.from-portal') })}
                    focused={focus === 'tenant'}
                    onType={(tenant) => actions.type({ tenant })}
                    onLeave={() => actions.leave('tenant')}
                  />
                </Section>
                <Section title={t('dialog.authentication')}>
                  <CustodyChoice custody={draft.custody} server={server} onChoose={(custody) => actions.type({ custody })} />
                  <CertificateField
                    slot={slot}
                    custody={draft.custody}
                    stored={draft.id !== null}
                    away={away}
                    onCreate={actions.createCertificate}
                    onDownload={() => void download()}
                    onImport={actions.chooseCertificate}
                    onImportPfx={actions.choosePfx}
                    onImportPem={actions.choosePem}
                    onExport={actions.openExport}
                    onExportRequest={() => void exportRequest()}
                    onImportSigned={actions.chooseSigned}
                    onDetails={actions.openDetails}
                  />
                </Section>
                {server.userSignIn ? (
                  <Section title={t('dialog.user-sign-in')} {...(server.signInPlace === '' ? {} : { where: server.signInPlace })}>
                    <UserSignIn state={state} actions={actions} />
                  </Section>
                ) : null}
                <Section title={t('dialog.permissions')}>
                  <PermissionProfile server={server} state={state} actions={actions} />
                </Section>
                <Section title={t('dialog.annotations')}>
                  {annotations.map(({ field, label, lines }) => (
                    <DraftField
                      key={field}
                      form={form}
                      name={field}
                      label={label}
                      several={lines === 'several'}
                      focused={focus === field}
                      onType={(value) => actions.type({ [field]: value })}
                      onLeave={() => actions.leave(field)}
                    />
                  ))}
                </Section>
                <FaultBar fault={state.at === 'editing' ? state.fault : null} onDismiss={actions.dismiss} />
              </DialogContent>
              <DialogActions fluid>
                <Button
                  type="submit"
                  appearance="primary"
                  disabledFocusable={busy}
                  {...(busy && state.way === 'set-up' ? { icon: <Spinner size="tiny" /> } : {})}
                >
                  {t('dialog.set-up')}
                </Button>
                <Button
                  title={t('dialog.ok.hint')}
                  disabledFocusable={busy || slot.kind === 'creating'}
                  {...(busy && state.way === 'ok' ? { icon: <Spinner size="tiny" /> } : {})}
                  onClick={() => actions.submit('ok')}
                >
                  {t('dialog.ok')}
                </Button>
                <Button disabledFocusable={busy} onClick={onCancel}>
                  {t('app.cancel')}
                </Button>
              </DialogActions>
            </DialogBody>
          </form>
        </DialogSurface>
      </Dialog>
      {state.at === 'details' ? <CertificateDetails facts={state.facts} onClose={actions.dismiss} /> : null}
      {state.at === 'exporting' && certificateId !== null ? (
        <PfxDialog
          id={certificateId}
          certificate={slot.kind === 'new' || slot.kind === 'stored' ? slot.facts : null}
          onClose={actions.dismiss}
        />
      ) : null}
      {state.at === 'importing-pfx' ? (
        <PfxImport
          key={state.file.file}
          file={state.file}
          credential={draft.id}
          onImported={actions.imported}
          onOther={actions.choosePfx}
          onClose={actions.dismiss}
        />
      ) : null}
      {state.at === 'importing-pem' ? (
        <PemImport
          key={state.file.file}
          file={state.file}
          credential={draft.id}
          onImported={actions.imported}
          onOther={actions.choosePem}
          onClose={actions.dismiss}
        />
      ) : null}
      {state.at === 'confirming-import' ? (
        <ImportConfirmation
          facts={state.chosen.facts}
          onConfirm={actions.confirmImport}
          onOther={actions.chooseCertificate}
          onClose={actions.dismiss}
        />
      ) : null}
    </>
  );
}

import { Button, Spinner, Tooltip } from '@fluentui/react-components';
import { useEffect, useId } from 'react';
import { useAnnounce } from '../../parts/announce.tsx';
import { request } from '../../bridge/bridge.ts';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useServer } from '../../bridge/servers.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { DialogShell } from '../../parts/dialog-shell.tsx';
import { Advanced } from './advanced.tsx';
import { CertificateDialogs } from './certificate-dialogs.tsx';
import { CertificateField } from './certificate-field.tsx';
import { CustodyChoice } from './custody-choice.tsx';
import { DraftField } from './draft-field.tsx';
import { DraftNotice } from './draft-notice.tsx';
import { certificateToSend, currentCertificate, obstacleOf, type Form } from './form.ts';
import type { KeptDraft } from './kept-draft.ts';
import { Section } from './section.tsx';
import { DialogServer, type ServerChoice as HolderChoice } from '../asked-servers/index.ts';
import { ServerAddress } from './server-address.tsx';
import { ServerChoice } from './server-choice.tsx';
import { SetUpObstacle } from './set-up-obstacle.tsx';
import { useDialog, type DialogEnds } from './use-dialog.ts';

export interface AppCredentialsProps extends DialogEnds {
  readonly form: Form;
  /** What was typed before, where the form goes on with it. */
  readonly kept: KeptDraft | null;
  /** True once the tenant was read: its ids are facts then. */
  readonly registered: boolean;
  /** Told of the form as it is now. */
  readonly onType: (form: Form) => void;
  readonly onStartAnew: () => void;
  /** The server that holds it, or will. */
  readonly holder: HolderChoice | null;
  readonly onHolder: (holder: HolderChoice) => void;
  /** What was typed is not wanted. */
  readonly onCancel: () => void;
  /** Escape: what was typed is kept. */
  readonly onLeave: () => void;
}

/** The dialog Azure AD App Credentials: which server software, then the sections of that dialog in its order. */
export function AppCredentials({
  form: begun,
  kept,
  registered,
  holder,
  onType,
  onHolder,
  onStartAnew,
  onCancel,
  onLeave,
  ...ends
}: AppCredentialsProps) {
  const { t } = useTexts();
  const announce = useAnnounce();
  const [state, actions] = useDialog(begun, ends);
  const reason = useId();
  const { form } = state;
  const { draft } = form;
  const server = useServer(draft.server);
  const slot = currentCertificate(form);
  const busy = state.at === 'submitting';
  const away = state.at !== 'editing' && !busy;
  const focus = state.at === 'editing' ? state.focus : null;
  const certificateId = certificateToSend(form) ?? draft.id;
  const obstacle = obstacleOf(form);
  useEffect(() => {
    onType(form);
  }, [onType, form]);

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

  const buttons = (
    <>
      <Button
        type="submit"
        appearance="primary"
        disabledFocusable={busy || obstacle !== null}
        {...(obstacle === null ? {} : { 'aria-describedby': reason })}
        {...(busy && state.way === 'set-up' ? { icon: <Spinner size="tiny" /> } : {})}
      >
        {t('dialog.set-up')}
      </Button>
      <Tooltip content={t('dialog.ok.hint')} relationship="description">
        <Button
          disabledFocusable={busy || slot.kind === 'creating'}
          {...(busy && state.way === 'ok' ? { icon: <Spinner size="tiny" /> } : {})}
          onClick={() => actions.submit('ok')}
        >
          {t('dialog.ok')}
        </Button>
      </Tooltip>
      <Button disabledFocusable={busy} onClick={onCancel}>
        {t('app.cancel')}
      </Button>
    </>
  );

  return (
    <>
      <DialogShell
        marks={{ 'data-dialog': 'app-credentials' }}
        title={t('dialog.title')}
        actions={buttons}
        aside={obstacle === null ? null : <SetUpObstacle obstacle={obstacle} id={reason} />}
        onSubmit={() => busy || actions.submit('set-up')}
        onClose={() => busy || onLeave()}
      >
        {kept === null ? null : <DraftNotice kept={kept} stored={draft.id !== null} onStartAnew={onStartAnew} />}
        <FaultBar fault={state.at === 'editing' ? state.fault : null} onDismiss={actions.dismiss} />
        <ServerChoice state={state} actions={actions} />
        <Section title={t('dialog.settings')}>
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
            readOnly={registered}
            {...(registered ? {} : { hint: t('dialog.tenant.hint') })}
            focused={focus === 'tenant'}
            onType={(tenant) => actions.type({ tenant })}
            onLeave={() => actions.leave('tenant')}
          />
        </Section>
        <Section title={t('dialog.authentication')}>
          <CustodyChoice custody={draft.custody} server={server} onChoose={(custody) => actions.type({ custody })} />
          {/* Before the question is answered there is no certificate. */}
          {draft.custody === null ? null : (
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
          )}
        </Section>
        {server.asked || server.instances || (server.userSignIn && draft.userSignIn) ? (
          <Section title={t('dialog.server.section')}>
            <ServerAddress server={server} state={state} actions={actions} />
            {server.asked ? <DialogServer name={draft.name} instance={draft.instance || null} chosen={holder} onChoose={onHolder} /> : null}
          </Section>
        ) : null}
        <Advanced server={server} state={state} actions={actions} registered={registered} />
      </DialogShell>
      <CertificateDialogs state={state} actions={actions} certificate={certificateId} />
    </>
  );
}

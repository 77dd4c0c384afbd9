import { Dialog, DialogSurface, mergeClasses } from '@fluentui/react-components';
import { useState } from 'react';
import type { CredentialRow } from '../../../preload/contract.ts';
import { useAnnounce } from '../../parts/announce.tsx';
import { request } from '../../bridge/bridge.ts';
import { useCommand } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { useDialogStyles } from '../../parts/dialog-styles.ts';
import { RunPage, runStage, useRun, type RunWords } from '../../run/index.ts';
import { useWizardStyles } from '../../parts/wizard-styles.ts';
import { BeginPage } from './begin-page.tsx';
import { CertificatePage } from './certificate-page.tsx';
import { RotationSteps } from './steps-bar.tsx';
import { NextPage } from './next-page.tsx';

const publishing: RunWords = {
  title: 'setup.plan.title',
  warning: 'rotation.plan.warning',
  apply: 'setup.plan.apply',
  working: 'rotation.working',
  failed: 'rotation.failed',
  stopped: 'rotation.stopped',
};
const removing: RunWords = { ...publishing, warning: 'rotation.remove.warning', working: 'rotation.remove.working' };

export interface RotationDialogProps {
  readonly row: CredentialRow;
  readonly onClose: () => void;
}

/** A certificate replaced without an outage: new beside old, proven, handed over, and only then the old one removed. */
export function RotationDialog({ row: opened, onClose }: RotationDialogProps) {
  const { t } = useTexts();
  const styles = useDialogStyles();
  const wizard = useWizardStyles();
  const announce = useAnnounce();
  const [row, setRow] = useState(opened);
  const [overlap, setOverlap] = useState(String(opened.rotation?.next === 'publish' ? opened.rotation.overlapDays : 7));
  const [lifetime, setLifetime] = useState('');
  const removes = row.rotation?.next === 'remove';
  const [run, rotation] = useRun(() =>
    request('rotation:begin', { id: row.id, overlapDays: removes ? '' : overlap, lifetime: removes ? '' : lifetime }),
  );
  const { run: command, fault, busy } = useCommand();
  const stage = runStage(run);
  const ended = run.report?.credential ?? null;
  const [seen, setSeen] = useState<CredentialRow | null>(null);
  // What a run ended with is what the next page is about; what was done on that page comes after it.
  if (ended !== null && ended !== seen) {
    setSeen(ended);
    setRow(ended);
  }
  const confirm = async () => {
    const confirmed = await command('handover:confirm', { id: row.id, thumbprint: row.certificate?.thumbprint ?? '' });
    if (confirmed === null) return;
    setRow(confirmed);
    announce(t('setup.sheet.confirmed'));
  };
  const usedHereOnly = async () => {
    const marked = await command('handover:used-here-only', { id: row.id });
    if (marked !== null) setRow(marked);
  };
  const rollBack = async () => {
    const back = await command('rotation:roll-back', { id: row.id });
    if (back === null) return;
    setRow(back.credential);
    announce(t('rotation.rolled-back'));
  };

  function page() {
    if (run.named && stage !== 'done') {
      const certificate = <CertificatePage row={row} onGive={rotation.giveCertificate} onClose={onClose} />;
      return (
        <RunPage
          stage={stage}
          certificate={certificate}
          words={removes ? removing : publishing}
          steps={<RotationSteps current={removes ? 'remove' : stage === 'sign-in' ? 'sign-in' : 'publish'} />}
          warns={removes}
          name={row.name}
          tenant={row.tenantDomain || row.tenantId}
          state={run}
          actions={rotation}
          onClose={onClose}
        />
      );
    }
    const last = row.rotation;
    const begins = last === null || last.next === 'publish' || (last.next === 'nothing' && ended === null && row === opened);
    if (begins)
      return (
        <BeginPage
          row={row}
          overlap={overlap}
          lifetime={lifetime}
          fault={run.fault}
          onOverlap={setOverlap}
          onLifetime={setLifetime}
          onBegin={rotation.begin}
          onClose={onClose}
        />
      );
    return (
      <NextPage
        row={row}
        rotation={last}
        fault={fault ?? run.fault}
        busy={busy}
        onConfirm={() => void confirm()}
        onForgotten={setRow}
        onSaid={setRow}
        onUsedHereOnly={() => void usedHereOnly()}
        onRollBack={() => void rollBack()}
        onRemove={rotation.begin}
        onClose={onClose}
      />
    );
  }
  // Escape leaves where nothing is under way.
  const leavable = !run.named || stage === 'plan' || stage === 'failed' || stage === 'done';
  const at = run.named && stage !== 'done' ? stage : (row.rotation?.next ?? 'begin');
  return (
    <Dialog open modalType="alert" onOpenChange={(_, { type }) => type === 'escapeKeyDown' && leavable && onClose()}>
      <DialogSurface className={mergeClasses(styles.surface, wizard.surface)} data-dialog="rotation" data-stage={at}>
        {page()}
      </DialogSurface>
    </Dialog>
  );
}

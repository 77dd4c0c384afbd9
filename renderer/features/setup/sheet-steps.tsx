import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { CredentialRow } from '../../../preload/contract.ts';
import type { Server, SheetStep } from '../../app/servers.ts';
import { useTexts, type TextKey } from '../../app/texts.tsx';
import { groupedThumbprint } from '../dialog/thumbprint.ts';
import { SheetValue } from './sheet-value.tsx';

type TextStep = Extract<SheetStep, { text: string }>;
type ValueName = TextStep['values'][number];
export type CertificateStep = Extract<SheetStep, { part: 'certificate' }>;

const useStyles = makeStyles({
  values: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS, marginTop: tokens.spacingVerticalXS },
});

const labels = {
  name: 'field.name',
  'client-id': 'field.client-id',
  'tenant-id': 'field.tenant-id',
  instance: 'field.instance',
  thumbprint: 'dialog.details.thumbprint',
  'redirect-uri': 'field.redirect-uri',
} as const satisfies Record<ValueName, TextKey>;

function valueOf(name: ValueName, { name: own, clientId, tenantId, instance, certificate, redirectUri }: CredentialRow): string | null {
  const values = { name: own, 'client-id': clientId ?? '–', 'tenant-id': tenantId, instance, 'redirect-uri': redirectUri };
  return name === 'thumbprint' ? (certificate?.thumbprint ?? null) : values[name];
}

const isShown = (step: SheetStep, row: CredentialRow): boolean => 'part' in step || !step.userSignIn || row.redirectUri !== null;

function Step({ step, row }: { readonly step: TextStep; readonly row: CredentialRow }) {
  const { t } = useTexts();
  const styles = useStyles();
  const { text, link } = step;
  const values = step.values.flatMap((name) => {
    const value = valueOf(name, row);
    return value === null ? [] : [{ name, value }];
  });
  return (
    <li>
      {text}
      {values.length === 0 && link === null ? null : (
        <div className={styles.values}>
          {values.map(({ name, value }) => (
            <SheetValue
              key={name}
              label={t(labels[name])}
              value={value}
              {...(name === 'thumbprint' ? { shown: groupedThumbprint(value) } : {})}
            />
          ))}
          {link === null ? null : <SheetValue label={t('setup.sheet.link')} value={link} />}
        </div>
      )}
    </li>
  );
}

export interface SheetStepsProps {
  readonly server: Server;
  readonly row: CredentialRow;
  readonly certificate: (step: CertificateStep) => ReactNode;
}

/** The steps of a server software, in its order, each value with a copy button. */
export function SheetSteps({ server, row, certificate }: SheetStepsProps) {
  return server.sheet
    .filter((step) => isShown(step, row))
    .map((step, index) => {
      // oxlint-disable-next-line react/no-array-index-key -- the sheet of a software does not change while it is shown
      return 'part' in step ? <li key={index}>{certificate(step)}</li> : <Step key={index} step={step} row={row} />;
    });
}

/** What is left to do in the server once it has its certificate: without what was typed there before. */
export function stepsAfterCertificate({ sheet }: Server): string[] {
  const at = sheet.findIndex((step) => 'part' in step);
  return sheet.slice(at + 1).flatMap((step) => ('part' in step || step.values.length > 0 ? [] : [step.text]));
}

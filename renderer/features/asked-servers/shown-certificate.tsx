import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import type { Output } from '../../../preload/contract.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { FactList } from '../../parts/fact-list.tsx';
import { groupedThumbprint } from '../../parts/thumbprint.ts';

type Connected = Output<'server:test'>;
/** A certificate that nobody has accepted yet. */
export type Shown = Extract<Connected, { certificate: unknown }>['certificate'];

/** The certificate of a server, to be compared with the one over there. */
export function ShownCertificate({ certificate }: { readonly certificate: Shown }) {
  const { t, date } = useTexts();
  const { host, port, sha256, sha1, notBefore, notAfter, expected } = certificate;
  return (
    <>
      <span>{t('asked.certificate.body')}</span>
      {expected === null ? null : (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t('asked.certificate.changed')}</MessageBarBody>
        </MessageBar>
      )}
      <FactList
        facts={[
          { name: t('asked.field.address'), value: `${host}:${String(port)}` },
          { name: t('details.thumbprint-sha256'), value: groupedThumbprint(sha256), copy: sha256 },
          { name: t('details.thumbprint'), value: groupedThumbprint(sha1), copy: sha1 },
          { name: t('asked.certificate.valid'), value: `${date(notBefore)} – ${date(notAfter)}` },
          ...(expected === null ? [] : [{ name: t('asked.certificate.before'), value: groupedThumbprint(expected), copy: expected }]),
        ]}
      />
    </>
  );
}

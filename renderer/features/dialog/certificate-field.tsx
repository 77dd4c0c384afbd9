import {
  Field,
  Input,
  makeStyles,
  Menu,
  MenuButton,
  MenuDivider,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  tokens,
} from '@fluentui/react-components';
import { useAnnounce } from '../../parts/announce.tsx';
import { request } from '../../bridge/bridge.ts';
import { useTexts } from '../../bridge/texts.tsx';
import type { Texts } from '../../bridge/translate.ts';
import { useFieldRow } from './field-row.ts';
import type { CertificateSlot, Custody } from './form.ts';
import { shortThumbprint } from '../../parts/thumbprint.ts';
import { useFocusReturn } from '../../parts/use-focus-return.ts';

const useStyles = makeStyles({
  split: { display: 'flex', minWidth: 0 },
  value: { textOverflow: 'ellipsis' },
  box: { flex: 1, minWidth: 0, borderTopRightRadius: 0, borderBottomRightRadius: 0, fontFamily: tokens.fontFamilyMonospace },
  arrow: { borderTopLeftRadius: 0, borderBottomLeftRadius: 0, borderLeftStyle: 'none', minWidth: '32px' },
});

export interface CertificateFieldProps {
  readonly slot: CertificateSlot;
  readonly custody: Custody;
  /** True for a credential that is stored: only such a one has a request, and what was signed for it. */
  readonly stored: boolean;
  /** True while a dialog of the drop-down is open. */
  readonly away: boolean;
  readonly onCreate: () => void;
  readonly onDownload: () => void;
  readonly onImport: () => void;
  readonly onImportPfx: () => void;
  readonly onImportPem: () => void;
  readonly onExport: () => void;
  readonly onExportRequest: () => void;
  readonly onImportSigned: () => void;
  readonly onDetails: () => void;
}

function shown(slot: CertificateSlot, custody: Custody, { t, date }: Texts): string {
  switch (slot.kind) {
    case 'creating':
      return t('dialog.certificate.creating');
    case 'failed':
    case 'none':
      return t(custody === 'external' ? 'dialog.certificate.waiting' : 'dialog.certificate.none');
    case 'new':
    case 'stored':
      return t('dialog.certificate.value', { thumbprint: shortThumbprint(slot.facts.thumbprint), date: date(slot.facts.notAfter) });
    default: {
      const never: never = slot;
      return never;
    }
  }
}

/** The certificate: a box with text, and beside it a drop-down whose first items are those of the server's own dialog. */
export function CertificateField({
  slot,
  custody,
  stored,
  away,
  onCreate,
  onDownload,
  onImport,
  onImportPfx,
  onImportPem,
  onExport,
  onExportRequest,
  onImportSigned,
  onDetails,
}: CertificateFieldProps) {
  const texts = useTexts();
  const { t } = texts;
  const announce = useAnnounce();
  const rows = useFieldRow();
  const styles = useStyles();
  const around = useFocusReturn<HTMLDivElement>(away);
  const facts = slot.kind === 'new' || slot.kind === 'stored' ? slot.facts : null;
  const ours = custody === 'keyring';
  const copyThumbprint = async (thumbprint: string) => {
    const outcome = await request('clipboard:copy', { text: thumbprint });
    announce(outcome.ok ? t('dialog.certificate.thumbprint-copied') : outcome.fault.message);
  };
  return (
    <Field
      className={rows.row}
      label={t('field.certificate')}
      orientation="horizontal"
      {...(slot.kind === 'new'
        ? { hint: slot.chain ? t('dialog.certificate.unpublished-chain', { chain: slot.chain }) : t('dialog.certificate.unpublished') }
        : {})}
    >
      {(control) => (
        <div ref={around} className={styles.split}>
          <Input
            {...control}
            readOnly
            className={styles.box}
            input={{ className: styles.value }}
            value={shown(slot, custody, texts)}
            data-field="certificate"
          />
          {/* The height is that of the contents: the padding around them has to fit in, too. */}
          <Menu positioning={{ position: 'below', align: 'end', autoSize: 'height', overflowBoundaryPadding: 8 }}>
            <MenuTrigger disableButtonEnhancement>
              <MenuButton className={styles.arrow} aria-label={t('dialog.certificate.menu')} />
            </MenuTrigger>
            <MenuPopover>
              <MenuList>
                <MenuItem disabled={!ours || slot.kind === 'creating'} onClick={onCreate}>
                  {t('dialog.certificate.create')}
                </MenuItem>
                <MenuItem disabled={facts === null} onClick={onDownload}>
                  {t('dialog.certificate.download')}
                </MenuItem>
                <MenuDivider />
                <MenuItem onClick={onImport}>{t('dialog.certificate.import')}</MenuItem>
                <MenuItem onClick={onImportPfx}>{t('dialog.certificate.import-pfx')}</MenuItem>
                <MenuItem onClick={onImportPem}>{t('dialog.certificate.import-pem')}</MenuItem>
                <MenuItem disabled={!ours || facts === null} onClick={onExport}>
                  {t('dialog.certificate.export-pfx')}
                </MenuItem>
                <MenuDivider />
                <MenuItem disabled={!ours || slot.kind !== 'stored'} onClick={onExportRequest}>
                  {t('dialog.certificate.export-request')}
                </MenuItem>
                <MenuItem disabled={!ours || !stored} onClick={onImportSigned}>
                  {t('dialog.certificate.import-signed')}
                </MenuItem>
                <MenuDivider />
                <MenuItem disabled={facts === null} onClick={() => facts !== null && void copyThumbprint(facts.thumbprint)}>
                  {t('dialog.certificate.copy-thumbprint')}
                </MenuItem>
                <MenuItem disabled={facts === null} onClick={onDetails}>
                  {t('dialog.certificate.details')}
                </MenuItem>
              </MenuList>
            </MenuPopover>
          </Menu>
        </div>
      )}
    </Field>
  );
}

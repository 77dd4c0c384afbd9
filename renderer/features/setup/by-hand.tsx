import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { OpenRegular } from '@fluentui/react-icons';
import type { CredentialRow, Input } from '../../../preload/contract.ts';
import { useFacts } from '../../bridge/facts.ts';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useCommand } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';

type PortalPage = Input<'portal:open'>['page'];

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  item: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    overflowWrap: 'anywhere',
  },
  text: { margin: 0 },
});

/** After OK: the guide's steps that are left, each with the portal page of the right cloud where its address is known. */
export function ByHand({ credential, onClose }: { readonly credential: CredentialRow; readonly onClose: () => void }) {
  const { t, list } = useTexts();
  const { profiles, adminCenters } = useFacts();
  const styles = useStyles();
  const { run, fault, clear } = useCommand();
  const profile = profiles.find(({ id }) => id === credential.profile);
  const permissions = list(profile?.permissions ?? []);
  const uri = credential.redirectUri;
  const pages: readonly (readonly [PortalPage, string])[] = [
    ['overview', t('setup.by-hand.overview')],
    ['certificates', t('setup.by-hand.certificates')],
    ...(uri === null ? [] : [['authentication', t('setup.by-hand.authentication', { uri })] as const]),
    ['permissions', t('setup.by-hand.permissions', { profile: profile?.name ?? credential.profile, permissions })],
    ['consent', t('setup.by-hand.consent')],
  ];
  return (
    <Dialog open onOpenChange={(_, { type }) => type !== 'backdropClick' && onClose()}>
      <DialogSurface data-dialog="by-hand">
        <DialogBody>
          <DialogTitle>{t('setup.by-hand.title')}</DialogTitle>
          <DialogContent className={styles.content}>
            <FaultBar fault={fault} onDismiss={clear} />
            <p className={styles.text}>{t('setup.by-hand.intro', { name: credential.name })}</p>
            <p className={styles.text}>{t('setup.by-hand.partners')}</p>
            <ol className={styles.list}>
              {pages.map(([page, text]) => (
                <li key={page}>
                  <div className={styles.item}>
                    <span>{text}</span>
                    {page === 'consent' || adminCenters.includes(credential.cloud) ? (
                      <Button
                        size="small"
                        icon={<OpenRegular />}
                        aria-label={`${t('setup.by-hand.open')}: ${text}`}
                        onClick={() => void run('portal:open', { id: credential.id, page })}
                      >
                        {t('setup.by-hand.open')}
                      </Button>
                    ) : null}
                  </div>
                </li>
              ))}
            </ol>
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onClose}>
              {t('app.close')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

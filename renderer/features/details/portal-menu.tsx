import { Menu, MenuButton, MenuDivider, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { OpenRegular } from '@fluentui/react-icons';
import type { Input } from '../../../preload/contract.ts';
import type { TextKey } from '../../bridge/catalogue.ts';
import { useTexts } from '../../bridge/texts.tsx';

const portalPages: readonly { readonly page: Input<'portal:open'>['page']; readonly text: TextKey }[] = [
  { page: 'overview', text: 'details.portal.overview' },
  { page: 'certificates', text: 'details.portal.certificates' },
  { page: 'authentication', text: 'details.portal.authentication' },
  { page: 'permissions', text: 'details.portal.permissions' },
  { page: 'consent', text: 'details.portal.consent' },
];

interface PortalMenuProps {
  /** False where the address of the admin center is not known: the consent page is the sign-in host's. */
  readonly adminCenter: boolean;
  readonly disabled: boolean;
  readonly onOpen: (page: Input<'portal:open'>['page']) => void;
  readonly onCopyConsent: () => void;
}

/** The portal's pages for a credential, and the link for whoever consents. */
export function PortalMenu({ adminCenter, disabled, onOpen, onCopyConsent }: PortalMenuProps) {
  const { t } = useTexts();
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <MenuButton icon={<OpenRegular />} disabled={disabled}>
          {t('details.portal')}
        </MenuButton>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {(adminCenter ? portalPages : portalPages.filter(({ page }) => page === 'consent')).map(({ page, text }) => (
            <MenuItem key={page} onClick={() => onOpen(page)}>
              {t(text)}
            </MenuItem>
          ))}
          <MenuDivider />
          <MenuItem onClick={onCopyConsent}>{t('details.portal.copy-consent')}</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

import { Checkbox, makeStyles, tokens } from '@fluentui/react-components';
import { useTexts } from '../../app/texts.tsx';
import type { DialogState, Form } from './dialog-state.ts';
import { DraftField } from './draft-field.tsx';
import type { DialogActions } from './use-dialog.ts';

const useStyles = makeStyles({
  server: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) 136px',
    gap: tokens.spacingHorizontalS,
    '@media (max-width: 480px)': { gridTemplateColumns: '1fr' },
  },
  uri: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    overflowWrap: 'anywhere',
    userSelect: 'text',
    minHeight: tokens.lineHeightBase300,
  },
});

function redirectUri(form: Form, t: ReturnType<typeof useTexts>['t']): string {
  if (!form.draft.userSignIn) return t('dialog.redirect-uri.none');
  return form.answer?.redirectUri ?? t('dialog.redirect-uri.incomplete');
}

/** G12 and G16: the redirect URI grows while server name and port are typed. */
export function UserSignIn({ state, actions }: { readonly state: DialogState; readonly actions: DialogActions }) {
  const { t } = useTexts();
  const styles = useStyles();
  const { form } = state;
  const focus = state.at === 'editing' ? state.focus : null;
  return (
    <>
      <Checkbox
        label={t('dialog.user-sign-in.use')}
        checked={form.draft.userSignIn}
        onChange={(_, { checked }) => actions.type({ userSignIn: checked === true })}
      />
      {form.draft.userSignIn ? (
        <div className={styles.server}>
          <DraftField
            form={form}
            name="fqdn"
            label={t('dialog.server')}
            required
            orientation="vertical"
            focused={focus === 'fqdn'}
            onType={(fqdn) => actions.type({ fqdn })}
            onLeave={() => actions.leave('fqdn')}
          />
          <DraftField
            form={form}
            name="port"
            label={t('dialog.port')}
            required
            orientation="vertical"
            inputMode="numeric"
            focused={focus === 'port'}
            onType={(port) => actions.type({ port })}
            onLeave={() => actions.leave('port')}
          />
        </div>
      ) : null}
      <output className={styles.uri} aria-label={t('field.redirect-uri')} aria-live="off" data-redirect-uri>
        {redirectUri(form, t)}
      </output>
    </>
  );
}

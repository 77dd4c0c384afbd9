import { Button, Dropdown, Field, makeStyles, Option, tokens } from '@fluentui/react-components';
import type { Server } from '../../bridge/servers.ts';
import { useTexts } from '../../bridge/texts.tsx';
import type { DialogState } from './dialog-state.ts';
import { DraftField } from './draft-field.tsx';
import { useFieldRow } from './field-row.ts';
import { withPermission } from './fitting-permissions.ts';
import type { Profile } from './form.ts';
import { PermissionSearch } from './permission-search.tsx';
import { ProfileNotices } from '../../parts/profile-notices.tsx';
import type { DialogActions } from './use-dialog.ts';

const useStyles = makeStyles({
  buttons: { display: 'flex', gap: tokens.spacingHorizontalS, justifyContent: 'flex-end' },
});

interface PartProps {
  readonly state: DialogState;
  readonly actions: DialogActions;
}

/** Permissions one by one in the place of a profile, and the name under which they are kept. */
function OwnPermissions({ state, actions }: PartProps) {
  const { t } = useTexts();
  const { form } = state;
  const focus = state.at === 'editing' ? state.focus : null;
  return (
    <>
      <DraftField
        form={form}
        name="permissions"
        label={t('dialog.permissions.own.label')}
        hint={t('dialog.permissions.own.hint')}
        placeholder="graph/Mail.Read"
        several
        required
        focused={focus === 'permissions'}
        onType={(permissions) => actions.type({ permissions })}
        onLeave={() => actions.leave('permissions')}
      />
      <PermissionSearch
        draft={form.draft}
        onChoose={(permission) => actions.type({ permissions: withPermission(form.draft.permissions ?? '', permission) })}
      />
      <DraftField
        form={form}
        name="keepAs"
        label={t('dialog.permissions.keep')}
        hint={t('dialog.permissions.keep.hint')}
        focused={focus === 'keepAs'}
        onType={(keepAs) => actions.type({ keepAs })}
        onLeave={() => actions.leave('keepAs')}
      />
    </>
  );
}

export interface PermissionProfileProps extends PartProps {
  readonly server: Server;
}

/** Profiles that can be chosen: those of the software, those that are kept, and the credential's own. */
const choices = (profiles: readonly Profile[], server: Server, chosen: string): readonly Profile[] =>
  profiles.filter(({ id, own }) => own || id === chosen || server.profiles.includes(id));

/** Which permissions the server gets: under a name, or one by one. */
export function PermissionProfile({ server, state, actions }: PermissionProfileProps) {
  const { t } = useTexts();
  const rows = useFieldRow();
  const styles = useStyles();
  const { form } = state;
  const { draft, profiles } = form;
  const profile = profiles.find((each) => each.id === draft.profile);
  const own = t('dialog.permissions.own');
  const change = () =>
    actions.type({
      profile: '',
      permissions: profile?.permissions.join('\n') ?? draft.permissions ?? '',
      keepAs: profile?.own === true ? profile.id : '',
    });
  return (
    <>
      <Field
        className={rows.row}
        label={t('field.profile')}
        orientation="horizontal"
        {...(profile?.description ? { hint: profile.description } : {})}
      >
        <Dropdown
          className={rows.control}
          value={draft.profile === '' ? own : (profile?.name ?? draft.profile)}
          selectedOptions={[draft.profile]}
          onOptionSelect={(_, { optionValue }) => {
            if (optionValue === '') change();
            else if (optionValue !== undefined) actions.type({ profile: optionValue });
          }}
        >
          {choices(profiles, server, draft.profile).map(({ id, name }) => (
            <Option key={id} value={id}>
              {name}
            </Option>
          ))}
          <Option value="">{own}</Option>
        </Dropdown>
      </Field>
      {draft.profile === '' ? <OwnPermissions state={state} actions={actions} /> : null}
      {profile?.own === true ? (
        <div className={styles.buttons}>
          <Button size="small" onClick={change}>
            {t('dialog.permissions.change')}
          </Button>
          <Button size="small" onClick={() => actions.removeProfile(profile.id)}>
            {t('dialog.permissions.remove')}
          </Button>
        </div>
      ) : null}
      <ProfileNotices notices={profile?.notices ?? []} />
    </>
  );
}

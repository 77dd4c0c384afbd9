import { Dropdown, Field, makeStyles, MessageBar, MessageBarBody, Option } from '@fluentui/react-components';
import type { AppFacts } from '../../../preload/contract.ts';
import { useTexts } from '../../app/texts.tsx';

type Profile = AppFacts['profiles'][number];

const useStyles = makeStyles({ choice: { minWidth: 0, width: '100%' } });

/** What a profile's notices say is said before anything is set up with it. */
export function ProfileNotices({ notices }: { readonly notices: readonly string[] }) {
  return notices.map((notice) => (
    <MessageBar key={notice} intent="warning" layout="multiline">
      <MessageBarBody>{notice}</MessageBarBody>
    </MessageBar>
  ));
}

export interface PermissionProfileProps {
  readonly profiles: readonly Profile[];
  readonly chosen: string;
  readonly onChoose: (profile: string) => void;
}

/** Which permissions the server gets, under a name. */
export function PermissionProfile({ profiles, chosen, onChoose }: PermissionProfileProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const profile = profiles.find((each) => each.id === chosen);
  return (
    <>
      <Field label={t('field.profile')} orientation="horizontal" {...(profile?.description ? { hint: profile.description } : {})}>
        <Dropdown
          className={styles.choice}
          value={profile?.name ?? chosen}
          selectedOptions={[chosen]}
          onOptionSelect={(_, { optionValue }) => optionValue !== undefined && onChoose(optionValue)}
        >
          {profiles.map(({ id, name }) => (
            <Option key={id} value={id}>
              {name}
            </Option>
          ))}
        </Dropdown>
      </Field>
      <ProfileNotices notices={profile?.notices ?? []} />
    </>
  );
}

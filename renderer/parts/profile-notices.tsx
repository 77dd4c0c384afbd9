import { MessageBar, MessageBarBody } from '@fluentui/react-components';

/** What a profile's notices say is said before anything is set up with it. */
export function ProfileNotices({ notices }: { readonly notices: readonly string[] }) {
  return notices.map((notice) => (
    <MessageBar key={notice} intent="warning" layout="multiline">
      <MessageBarBody>{notice}</MessageBarBody>
    </MessageBar>
  ));
}

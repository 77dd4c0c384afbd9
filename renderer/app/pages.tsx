import { Activity as Kept, Suspense, useEffect } from 'react';
import { later } from '../bridge/later.ts';
import { ManagerPage } from '../features/manager/index.ts';
import { MainEvents } from './main-events.tsx';
import { Waiting } from '../parts/page.tsx';
import { useNavigation } from '../parts/routes.tsx';

// The list is the first thing seen; everything else is read when the window has nothing to do.
const load = {
  dialog: () => import('../features/dialog/index.ts'),
  details: () => import('../features/details/index.ts'),
  settings: () => import('../features/settings/index.ts'),
  activity: () => import('../features/activity/index.ts'),
};
const CredentialDialog = later(async () => (await load.dialog()).CredentialDialog);
const DetailsPage = later(async () => (await load.details()).DetailsPage);
const SettingsPage = later(async () => (await load.settings()).SettingsPage);
const HelpPage = later(async () => (await import('../features/help/index.ts')).HelpPage);
const EwsPage = later(async () => (await import('../features/ews/index.ts')).EwsPage);
const ActivityPage = later(async () => (await load.activity()).ActivityPage);

function warmUp() {
  for (const each of Object.values(load)) void each();
}

/** The page of the route. The list stays as it was, scrolled and selected, behind whatever stands in front of it. */
export function Pages() {
  const { route, go } = useNavigation();
  useEffect(() => {
    let idle = 0;
    // By then the list is on the screen: nothing may come between it and its first picture.
    const timer = globalThis.setTimeout(() => {
      idle = globalThis.requestIdleCallback(warmUp);
    }, 1000);
    return () => {
      globalThis.clearTimeout(timer);
      globalThis.cancelIdleCallback(idle);
    };
  }, []);
  return (
    <>
      <Kept mode={route.at === 'manager' || route.at === 'dialog' ? 'visible' : 'hidden'}>
        <ManagerPage />
      </Kept>
      <Suspense fallback={route.at === 'dialog' ? null : <Waiting />}>
        {route.at === 'dialog' ? (
          <CredentialDialog
            key={route.credential ?? 'new'}
            credential={route.credential}
            onClose={(select) => go({ at: 'manager', select })}
          />
        ) : null}
        {route.at === 'details' ? <DetailsPage key={route.credential} credential={route.credential} /> : null}
        {route.at === 'settings' ? <SettingsPage section={route.section ?? null} /> : null}
        {route.at === 'help' ? <HelpPage key={route.section} section={route.section} /> : null}
        {route.at === 'ews' ? <EwsPage /> : null}
        {route.at === 'activity' ? <ActivityPage key={route.credential ?? 'all'} credential={route.credential} /> : null}
      </Suspense>
      <MainEvents />
    </>
  );
}

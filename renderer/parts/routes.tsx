import { createContext, use } from 'react';

/** Where the window is. The dialog stands over the list; the others replace it. */
export type Route =
  /** `select`: the row to select and focus, e.g. the one that was just created. */
  | { readonly at: 'manager'; readonly select: string | null }
  /** Azure AD App Credentials, and the set-up that follows; `credential` null creates one. */
  | { readonly at: 'dialog'; readonly credential: string | null }
  | { readonly at: 'details'; readonly credential: string }
  /** `section`: what the page is opened for. */
  | { readonly at: 'settings'; readonly section?: 'keys' | 'backups' | 'servers' }
  | { readonly at: 'help'; readonly section: 'guide' | 'shortcuts' }
  /** The audit trail, of one credential or of all. */
  | { readonly at: 'activity'; readonly credential: string | null }
  /** What of all tenants still hangs on EWS. */
  | { readonly at: 'ews' };

export const toManager: Route = { at: 'manager', select: null };

export interface Navigation {
  readonly route: Route;
  readonly go: (route: Route) => void;
}

export const NavigationContext = createContext<Navigation>({ route: toManager, go: () => undefined });

/** Where the window is, and how it gets elsewhere. */
export function useNavigation(): Navigation {
  return use(NavigationContext);
}

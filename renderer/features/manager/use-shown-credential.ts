import { useEffect, useEffectEvent } from 'react';
import { useNavigation } from '../../parts/routes.tsx';

/** The row that the window goes to must not be hidden by a filter or a closed group. */
export function useShownCredential(arrive: (ids: readonly string[]) => void): void {
  const { route } = useNavigation();
  const reveal = useEffectEvent(() => {
    if (route.at === 'manager' && route.select !== null) arrive([route.select]);
  });
  useEffect(() => reveal(), [route]);
}

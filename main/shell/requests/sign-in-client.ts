import type { SettingsChange } from '../../../preload/contract.ts';
import { checkClientId } from '../../credential/fields/index.ts';
import { Fault } from '../../faults.ts';
import type { RequestContext } from './context.ts';

/**
 * Whoever owns the application that administrators sign in with gets what they consent to. So a change of it is confirmed in
 * a dialog of the system, which no page can answer.
 *
 * @throws Fault('window.not-confirmed')
 */
export async function confirmSignInClient(
  { desktop, services, settings }: Pick<RequestContext, 'desktop' | 'services' | 'settings'>,
  { signInClientId: next }: SettingsChange,
): Promise<void> {
  if (next === undefined) return;
  const [before, after] = [settings.read().signInClientId.trim(), next.trim()];
  // What is no id is refused by whoever writes it.
  if (before === after || (after !== '' && !checkClientId(after).ok)) return;
  const { t } = services().texts;
  const named = (id: string) => (id === '' ? t('window.sign-in-client.default') : id);
  const confirmed = await desktop.ask({
    title: t('app.name'),
    message: t('window.sign-in-client', { after: named(after) }),
    detail: t('window.sign-in-client.detail', { before: named(before) }),
    confirm: t('window.sign-in-client.change'),
    cancel: t('app.cancel'),
  });
  if (!confirmed) throw new Fault('window.not-confirmed');
}

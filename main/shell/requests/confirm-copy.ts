import type { RequestContext } from './context.ts';

/** As much of a text as a dialog can show. */
const shown = 600;

/** What main has never said is copied only when the person says so, in a dialog that no page can answer. */
export function confirmCopy({ desktop, services }: Pick<RequestContext, 'desktop' | 'services'>, text: string): Promise<boolean> {
  const { t } = services().texts;
  return desktop.ask({
    title: t('app.name'),
    message: t('window.copy-unknown'),
    detail: t('window.copy-unknown.detail', { text: text.length > shown ? `${text.slice(0, shown)}…` : text }),
    confirm: t('window.copy-unknown.copy'),
    cancel: t('app.cancel'),
  });
}

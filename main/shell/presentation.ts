import { join } from 'node:path';
import { dialog, shell, type BrowserWindow } from 'electron';
import manifest from '../../package.json' with { type: 'json' };
import { asFault } from '../faults.ts';
import { showMenu } from './menu.ts';
import type { Emit } from './router.ts';
import type { ServicesInUse } from './services-in-use.ts';
import { isSignedBuild } from './signed-build.ts';
import { backgroundColor } from './window.ts';

export interface Presentation {
  title(): string;
  /** Title, menu and background say which list this is, and in which language. */
  draw(): void;
}

/** The window's frame: what surrounds the page and is drawn by the main process. */
export function createPresentation({
  window,
  services,
  emit,
}: {
  readonly window: () => BrowserWindow | null;
  readonly services: ServicesInUse;
  readonly emit: Emit;
}): Presentation {
  const texts = () => services.current().texts;
  const title = () => texts().t(services.practice() ? 'app.title.practice' : 'app.title');

  const tell = (type: 'info' | 'error', message: string, detail: string) => {
    const options = { type, title: title(), message, detail };
    const open = window();
    void (open === null ? dialog.showMessageBox(options) : dialog.showMessageBox(open, options));
  };

  const openLogFolder = async () => {
    const folder = join(services.current().directory, 'logs');
    const failure = await shell.openPath(folder);
    if (failure !== '') tell('error', texts().t('window.folder-not-opened', { folder }), failure);
  };

  const enter = async (world: 'real' | 'practice') => {
    try {
      await services.enter(world);
      draw();
      emit('app:changed', null);
    } catch (error) {
      const { message, fix } = texts().faultText(asFault(error));
      tell('error', message, fix);
    }
  };

  function draw(): void {
    const open = window();
    open?.setTitle(title());
    open?.setBackgroundColor(backgroundColor());
    showMenu(texts(), services.practice(), {
      command: (command) => emit('menu:command', { command }),
      practise: () => void enter('practice'),
      leavePractice: () => void enter('real'),
      openLogFolder: () => void openLogFolder(),
      about: () =>
        tell(
          'info',
          texts().t('app.name'),
          [texts().t('app.about', { version: manifest.version }), ...(isSignedBuild() ? [] : [texts().t('app.about.unsigned')])].join(
            '\n\n',
          ),
        ),
    });
  }

  return { title, draw };
}

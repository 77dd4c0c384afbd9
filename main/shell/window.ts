import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { startPage } from './served-files.ts';
import { isReachable, keepBounds, readBounds } from './window-bounds.ts';

/** Behind the page until its first paint: the backgrounds of `renderer/app/base.css`, and the system's in high contrast. */
export function backgroundColor(): string {
  if (nativeTheme.shouldUseHighContrastColors) return nativeTheme.shouldUseDarkColors ? '#000000' : '#ffffff';
  return nativeTheme.shouldUseDarkColors ? '#141414' : '#f5f5f5';
}

export interface WindowOptions {
  readonly title: string;
  /** The built preload script. */
  readonly preload: string;
  /** Where the window's place is kept. */
  readonly boundsFile: string;
}

/** Opens the only window. Everything that is off by default is said to be off. */
export function openWindow({ title, preload, boundsFile }: WindowOptions): BrowserWindow {
  const kept = readBounds(boundsFile);
  const screens = screen.getAllDisplays().map((display) => display.workArea);
  const place =
    kept !== null && isReachable(kept, screens)
      ? { x: kept.x, y: kept.y, width: kept.width, height: kept.height }
      : { width: 1180, height: 760 };
  const window = new BrowserWindow({
    ...place,
    minWidth: 640,
    minHeight: 480,
    title,
    icon: builtFiles.icon,
    show: false,
    backgroundColor: backgroundColor(),
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      devTools: !app.isPackaged,
      spellcheck: false,
      disableBlinkFeatures: 'Auxclick',
    },
  });
  window.once('ready-to-show', () => {
    // It shows a window that is not shown yet (electron/electron, shell/browser/native_window_views.cc, Maximize).
    if (kept?.maximized === true) window.maximize();
    window.show();
  });
  // The title says where one is, in practice too; it is ours, not the page's.
  window.on('page-title-updated', (event) => event.preventDefault());
  window.on('close', () => keepBounds(boundsFile, { ...window.getNormalBounds(), maximized: window.isMaximized() }));
  return window;
}

export function loadPage(window: BrowserWindow): Promise<void> {
  return window.loadURL(startPage);
}

/** From `out/main` to its neighbours. Windows takes the size it needs out of an .ico; elsewhere Electron reads no such file. */
export const builtFiles = {
  icon: join(import.meta.dirname, '../../assets', process.platform === 'win32' ? 'icon.ico' : 'icon.png'),
  preload: join(import.meta.dirname, '../preload/index.cjs'),
  renderer: join(import.meta.dirname, '../renderer'),
} as const;

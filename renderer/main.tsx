import { createRoot } from 'react-dom/client';
import { App, readStart } from './app/app.tsx';
import { subscribe } from './bridge/bridge.ts';
import { rowsAhead } from './features/manager/index.ts';

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');

// Heard from before main is asked: what changes until the window listens itself, nobody would tell again.
let changed = false;
const leave = subscribe('app:changed', () => {
  changed = true;
});
const changedMeanwhile = () => {
  leave();
  return changed;
};
/** Not awaited by the module itself: what is imported later imports from this file, and would wait for it for ever. */
async function draw(into: Element): Promise<void> {
  rowsAhead.ask();
  createRoot(into).render(<App start={await readStart()} changedMeanwhile={changedMeanwhile} />);
}
void draw(root);

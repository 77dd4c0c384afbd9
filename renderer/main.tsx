import { createRoot } from 'react-dom/client';
import { App, readStart } from './app/app.tsx';

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(<App start={await readStart()} />);

/** The user guide and the keys of the keyboard, read in the window without a browser. */
export { HelpPage } from './help-page.tsx';

/** What the program remembers for everybody, and what the administrators of the computer prescribe. */
export { SettingsPage } from './settings-page.tsx';

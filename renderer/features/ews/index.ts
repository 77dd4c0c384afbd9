/** What of the tenants of the list still hangs on Exchange Web Services: who holds a permission, who may read that, and the script for Exchange. */
export { EwsPage } from './ews-page.tsx';

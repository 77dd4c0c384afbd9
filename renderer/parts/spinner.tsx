/** By itself, so that it is read by itself. */
export { Spinner } from '@fluentui/react-components';

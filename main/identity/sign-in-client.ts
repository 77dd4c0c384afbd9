/** Microsoft Graph Command Line Tools: in every tenant, asks for any Graph scope, redirect URI http://localhost. */
export const graphCommandLineTools = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

import { openTestServer } from './test-server.ts';

export default openTestServer;

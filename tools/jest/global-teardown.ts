import { closeTestServer } from './test-server.ts';

export default closeTestServer;

/** What came of publishing. */
export interface Published {
  applicationId: string | null;
  operations: number;
  added: number;
  restored: number;
  unchanged: number;
  dryRun: boolean;
}

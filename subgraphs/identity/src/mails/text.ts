/** What one mail says, before it has a reader. */
export interface MailText {
  subject: string;
  text: string;
  /** What the link does. */
  button: string;
  /** Why the reader gets it. */
  why: string;
}

/** What happened to somebody's account, which they are told in case it was not them. */
export type Notice = Pick<MailText, 'subject' | 'text'>;

/** The demo with its page in a browser, for all tests of a file. */
import { after, before } from 'node:test';
import { startDemo } from './demo.mjs';
import { openBrowser, openPage } from './page.mjs';

/**
 * Starts both before the first test of the file that calls this, and ends them after the last.
 * @param {(site: object) => Promise<void>} [prepare] what else there must be before: hooks of a file do not wait for
 *   each other
 * @returns {{url: string, folder: string, context: object, open: Function}} what there is once a test runs: of the
 *   demo its `url` and the `folder` with its files, of the browser its `context`
 */
export function startSite(prepare = async () => {}) {
  let demo;
  let browser;
  const site = {
    get url() {
      return demo.url;
    },
    get folder() {
      return demo.folder;
    },
    get context() {
      return browser.context;
    },
    /** A page of the demo. @param {string} [path] @param {string} [ready] as openPage() takes it */
    open: (path = '', ready) => openPage(browser.context, demo.url + path, ready),
  };
  before(async () => {
    demo = await startDemo();
    browser = await openBrowser();
    await prepare(site);
  });
  after(async () => {
    await browser?.close();
    await demo?.stop();
  });
  return site;
}

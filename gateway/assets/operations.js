// The list of published operations, for those who may read it, and the switch that asks for plans.
const LIST =
  'query Published($after: String) { persistedOperations(first: 20, after: $after) { edges { node { id name type uses lastUsedAt retiredAt body } } pageInfo { hasNextPage endCursor } } }';
const STATE = 'graphiql:tabState';
const PLANS = 'polity:plans';

/** Whether answers are to say by which plan they came; the gateway tells those who may see it. */
globalThis.wantsPlans = () => localStorage.getItem(PLANS) === 'yes';

/** Opens a document in a tab of its own: GraphiQL takes its tabs from the store when it is drawn. */
globalThis.openInTab = (title, query, variables = null) => {
  const state = JSON.parse(localStorage.getItem(STATE) ?? 'null') ?? { tabs: [] };
  const tab = { id: crypto.randomUUID(), hash: '', title, query, variables, headers: null };
  state.tabs.push({ ...tab, operationName: null, response: null });
  localStorage.setItem(STATE, JSON.stringify(state));
  // By these it finds the tab that was open last.
  localStorage.setItem('graphiql:query', query);
  localStorage.removeItem('graphiql:headers');
  if (variables === null) localStorage.removeItem('graphiql:variables');
  else localStorage.setItem('graphiql:variables', variables);
  location.reload();
};

function entry({ id, name, type, uses, lastUsedAt, retiredAt, body }, make) {
  const used = lastUsedAt ? `, last ${lastUsedAt.slice(0, 10)}` : '';
  const facts = `${type}, used ${uses} times${used}${retiredAt ? ', retired' : ''}`;
  return make(
    'li',
    {},
    make('button', { type: 'button', onclick: () => globalThis.openInTab(name ?? id, body) }, name ?? id),
    ' ',
    make('small', { title: id }, facts),
  );
}

async function fill(list, more, ask, make, after) {
  const { data, errors } = await ask(LIST, { after });
  const page = data?.persistedOperations;
  if (!page) return list.append(make('li', { className: 'problem' }, errors?.[0]?.message ?? 'That did not work.'));
  list.append(...page.edges.map(({ node }) => entry(node, make)));
  if (!after && page.edges.length === 0)
    list.append(make('li', {}, 'Nothing is published for all clients of the tenant.'));
  more.hidden = !page.pageInfo.hasNextPage;
  more.onclick = () => fill(list, more, ask, make, page.pageInfo.endCursor);
}

function showOperations(ask, make) {
  const list = make('ul', {});
  const more = make('button', { type: 'button', hidden: true }, 'More');
  const close = make('button', { type: 'button', onclick: () => dialog.close() }, 'Close');
  const title = make('h2', {}, 'Published operations');
  const dialog = make('dialog', { id: 'operations', ariaLabel: 'Published operations' }, title, list, more, close);
  dialog.onclose = () => dialog.remove();
  document.body.append(dialog);
  dialog.showModal();
  void fill(list, more, ask, make, null);
}

/** What the panel has for those who look after operations; nothing for all others. */
globalThis.operationTools = async (ask, make) => {
  const { data } = await ask('query MaySeeOperations { operationLimits { level } }');
  if (!data?.operationLimits) return [];
  const box = make('input', { type: 'checkbox', checked: globalThis.wantsPlans() });
  box.onchange = () => localStorage.setItem(PLANS, box.checked ? 'yes' : 'no');
  const plans = make('label', { title: 'Answers say which subgraphs were asked, in which order' }, box, ' Plans');
  return [make('button', { type: 'button', onclick: () => showOperations(ask, make) }, 'Operations'), plans];
};

// Shows the documents that lie beside this; all that would ask another host is off.
const documents = ['work-orders', 'scheduling', 'quality', 'inventory', 'equipment', 'gateway'];

Scalar.createApiReference('#api', {
  sources: documents.map(name => ({ title: name, slug: name, url: `/openapi/${name}.json` })),
  hideClientButton: true,
  agent: { disabled: true },
  mcp: { disabled: true },
  showDeveloperTools: 'never',
  telemetry: false,
  withDefaultFonts: false,
});

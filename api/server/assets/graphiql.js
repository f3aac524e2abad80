// Starts GraphiQL on this server. The key stands in the headers editor and lives as long as the page does.
const welcome = `# Put your key into the headers below,
# then press "Re-fetch GraphQL schema" at the left.
query People {
  customers(first: 5, orderBy: {field: FIRST_SEEN, descending: true}) {
    snapshot
    edges {
      node {
        id
        city
        age
        email
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`;

const placeholder = "Bearer c360_";
const fetcher = GraphiQL.createFetcher({ url: "/graphql" });

// Nothing is sent before there is a key: an error on opening the page would look like something broken.
const fetchWithKey = (params, options) => {
  const key = options?.headers?.Authorization;
  if (!key || key === placeholder) {
    return { errors: [{ message: "Put your key into the headers below, then re-fetch the schema." }] };
  }
  return fetcher(params, options);
};

ReactDOM.createRoot(document.getElementById("graphiql")).render(
  React.createElement(GraphiQL, {
    fetcher: fetchWithKey,
    defaultQuery: welcome,
    defaultHeaders: `{\n  "Authorization": "${placeholder}"\n}`,
    defaultEditorToolsVisibility: "headers",
    shouldPersistHeaders: false,
  }),
);

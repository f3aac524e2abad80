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

ReactDOM.createRoot(document.getElementById("graphiql")).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: "/graphql" }),
    defaultQuery: welcome,
    defaultHeaders: '{\n  "Authorization": "Bearer c360_"\n}',
    defaultEditorToolsVisibility: "headers",
    shouldPersistHeaders: false,
  }),
);

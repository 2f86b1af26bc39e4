using Npgsql;
using Shop.ServiceDefaults.Cases;

namespace Shop.Orders.PreparedStatements;

/// <summary>Search texts in prepared statements.</summary>
internal sealed class PreparedStatementsCase : ICase
{
    // Not public, so it is named; an Npgsql without it is an error.
    private static readonly Type PreparedStatement
        = typeof(NpgsqlCommand).Assembly.GetType("Npgsql.PreparedStatement", throwOnError: true)!;

    public static CaseStudy Study { get; } = new()
    {
        Id = "PreparedStatements",
        Service = "orders",
        Summary = "a statement prepared for each text that was searched for, on connections that are never closed",
        Article = new("Fixing a memory leak in .Net Core", "First impressions",
            "OraclePoolManager, 4 instances, with the HttpContexts of another leak more than 75 % of a dump of 2.4 GB",
            Author: "Guillaume Téchené"),
        FedBy = "GET /orders?search=",
        RetentionPath = "singleton SearchConnections._pool → PoolingDataSource.Connectors → NpgsqlConnector.PreparedStatementManager → "
            + "PreparedStatementManager.BySql → PreparedStatement",
        Evidence = new Retained(BytesPerOperation: 2_400, PreparedStatement) { BytesInServer = 17_000 },
    };

    public static void Register(CaseBuilder @case)
    {
        @case.Variants<IPreparedStatements, LeakyPreparedStatements, FixedPreparedStatements>();
        @case.Services.AddSingleton<SearchConnections>();
    }
}

using Shop.Lab.Diagnosis.Growth;
using Shop.Lab.Diagnosis.Judgement;

namespace Shop.Tests.Lab.Diagnosis;

public sealed class KnownHoldersTests
{
    private const string Connection = "Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets.Internal.SocketConnection";

    /// <summary>A pool keeps connections; but one that prepares a statement for each text it is given leaks.</summary>
    [Theory]
    [InlineData(true, "Npgsql.PoolingDataSource", "Npgsql.Internal.NpgsqlConnector", "System.String")]
    [InlineData(false, "Npgsql.PoolingDataSource", "Npgsql.Internal.NpgsqlConnector", "Npgsql.PreparedStatementManager", "System.String")]
    [InlineData(true, "Microsoft.AspNetCore.Server.Kestrel.Core.Internal.Infrastructure.ConnectionManager", "System.String")]
    [InlineData(true, Connection, "Microsoft.AspNetCore.Server.Kestrel.Core.Internal.Http.Http1Connection", "System.String")]
    [InlineData(false, Connection, "System.Runtime.AsyncTaskMethodBuilder+AsyncStateMachineBox<Shop.Api+<Send>d__1>", "System.String")]
    [InlineData(false, "Shop.Documents.DocumentCache", "System.String")]
    public void WhatAPoolKeepsIsKnown(bool isKnown, params string[] types)
    {
        var node = types.Aggregate(new PathNode(null, "static Program._field", ""), (holder, type) => holder.To("_field", type));

        Assert.Equal(isKnown, KnownHolders.Find(node) is not null);
    }

    /// <summary>Clients decide how many sockets a server has; how many sockets it opens itself is its own affair.</summary>
    [Theory]
    [InlineData(true, Connection)]
    [InlineData(false, "System.Net.Http.HttpConnection")]
    public void SocketsThatClientsHaveOpenedAreKnown(bool isKnown, string owner)
    {
        var root = new PathNode(null, "static SocketAsyncEngine.s_registeredContexts", "");
        var sockets = root.To("[]", "System.Net.Sockets.SocketAsyncContext");
        sockets.To("_receiveOperation", "System.Net.Sockets.SocketAsyncContext+Operation").To("_callback", owner);

        Assert.Equal(isKnown, KnownHolders.Find(sockets) is not null);
    }
}

using Shop.Lab.Diagnosis.Growth;
using Shop.Lab.Diagnosis.Judgement;

namespace Shop.Tests.Lab.Diagnosis;

public sealed class KnownHoldersTests
{
    private const string Connection = "Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets.Internal.SocketConnection";
    private const string Box = "System.Runtime.CompilerServices.AsyncTaskMethodBuilder<System.Int32>+AsyncStateMachineBox";

    /// <summary>A pool keeps connections; but one that prepares a statement for each text it is given leaks.</summary>
    [Theory]
    [InlineData(true, "Npgsql.PoolingDataSource", "Npgsql.Internal.NpgsqlConnector", "System.String")]
    [InlineData(false, "Npgsql.PoolingDataSource", "Npgsql.Internal.NpgsqlConnector", "Npgsql.PreparedStatementManager", "System.String")]
    [InlineData(true, "Npgsql.PoolingDataSource", Box + "<Npgsql.PoolingDataSource+<<Get>g__RentAsync|35_0>d>", "Npgsql.NpgsqlParameter")]
    [InlineData(false, "Npgsql.PoolingDataSource", Box + "<Shop.Api+<Send>d__1>", "Npgsql.NpgsqlParameter")]
    [InlineData(true, "StackExchange.Redis.Message+CommandKeyMessage", Box + "<Shop.Api+<Send>d__1>", "System.String")]
    [InlineData(true, "Microsoft.AspNetCore.Server.Kestrel.Core.Internal.Infrastructure.ConnectionManager", "System.String")]
    [InlineData(true, Connection, "Microsoft.AspNetCore.Server.Kestrel.Core.Internal.Http.Http1Connection", "System.String")]
    [InlineData(true, Connection, Box + "<Microsoft.AspNetCore.Server.Kestrel.Core.Internal.Http.HttpProtocol+<ProcessRequests>d__1>")]
    [InlineData(false, Connection, Box + "<Shop.Api+<Send>d__1>", "System.String")]
    [InlineData(false, "Shop.Documents.DocumentCache", "System.String")]
    public void WhatAPoolKeepsIsKnown(bool isKnown, params string[] types)
    {
        var node = types.Aggregate(new PathNode(null, "static Program._field", ""), (holder, type) => holder.To("_field", type));

        Assert.Equal(isKnown, KnownHolders.Find(node) is not null);
    }

    /// <summary>Clients decide how many sockets a server has; how many sockets it opens itself is its own affair.</summary>
    [Theory]
    [InlineData(true, Connection)]
    [InlineData(true, Box + "<" + Connection + "+<DoReceive>d__27>", Connection)]
    [InlineData(false, Box + "<Shop.Api+<Receive>d__1>", Connection)]
    [InlineData(false, "System.Net.Http.HttpConnection")]
    public void SocketsThatClientsHaveOpenedAreKnown(bool isKnown, params string[] owners)
    {
        var root = new PathNode(null, "static SocketAsyncEngine.s_registeredContexts", "");
        var sockets = root.To("[]", "System.Net.Sockets.SocketAsyncContext");
        var holder = sockets.To("_receiveOperation", "System.Net.Sockets.SocketAsyncContext+Operation");
        foreach (var owner in owners)
            holder = holder.To("_callback", owner);

        Assert.Equal(isKnown, KnownHolders.Find(sockets) is not null);
    }
}

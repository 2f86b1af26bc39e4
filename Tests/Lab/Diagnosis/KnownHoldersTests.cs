using Shop.Lab.Diagnosis.Growth;
using Shop.Lab.Diagnosis.Judgement;

namespace Shop.Tests.Lab.Diagnosis;

public sealed class KnownHoldersTests
{
    /// <summary>A pool keeps connections; but one that prepares a statement for each text it is given leaks.</summary>
    [Theory]
    [InlineData(true, "Npgsql.PoolingDataSource", "Npgsql.Internal.NpgsqlConnector", "System.String")]
    [InlineData(false, "Npgsql.PoolingDataSource", "Npgsql.Internal.NpgsqlConnector", "Npgsql.PreparedStatementManager", "System.String")]
    [InlineData(true, "Microsoft.AspNetCore.Server.Kestrel.Core.Internal.Infrastructure.ConnectionManager", "System.String")]
    [InlineData(false, "Shop.Documents.DocumentCache", "System.String")]
    public void WhatAPoolKeepsIsKnown(bool isKnown, params string[] types)
    {
        var node = types.Aggregate(new PathNode(null, "static Program._field", ""), (holder, type) => holder.To("_field", type));

        Assert.Equal(isKnown, KnownHolders.Find(node) is not null);
    }

    [Fact]
    public void AFieldKeepsTheNameThatItWasGivenFirst()
    {
        var names = new EdgeNames();

        Assert.Equal("[]", names.Of("Entry[]", 0, () => "[]"));
        Assert.Equal("[]", names.Of("Entry[]", 0, () => "[].value"));
        Assert.Equal("[].key", names.Of("Entry[]", 1, () => "[].key"));
    }
}

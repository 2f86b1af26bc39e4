using Shop.Lab.Diagnosis.Growth;

namespace Shop.Tests.Lab.Diagnosis;

public sealed class NodeGrowthTests
{
    /// <summary>Owners that become more themselves are a leak, also where what they hold is what weighs.</summary>
    [Theory]
    [InlineData(true, "_data", 100, 100, 40, 90)]
    [InlineData(true, "_data", 90, 110, 40, 90)]
    [InlineData(false, "_data", 40, 90, 40, 90)]
    [InlineData(false, "_data", 10, 10, 40, 90)]
    [InlineData(false, PathNode.Element, 100, 100, 40, 90)]
    [InlineData(false, PathNode.Collection, 100, 100, 40, 90)]
    public void WhatOwnersReceiveLateFillsUp(bool isFilling, string edge, int ownersFirst, int ownersLast, int first, int last)
    {
        var growth = new NodeGrowth(Node(edge, ownersLast, last), [Node(edge, ownersFirst, first)], new([0, 1]));

        Assert.Equal(isFilling, growth.IsFilling);
    }

    private static PathNode Node(string edge, int owners, int count)
    {
        var owner = new PathNode(null, "static Program._owners", "").To(PathNode.Element, "Owner");
        var node = owner.To(edge, "System.Byte[]");
        for (var item = 0; item < owners; item++)
            owner.Add(24, 24);
        for (var item = 0; item < count; item++)
            node.Add(100, 100);
        return node;
    }
}

using Shop.Lab.Diagnosis.Growth;

namespace Shop.Tests.Lab.Diagnosis;

public sealed class EdgeNamesTests
{
    [Fact]
    public void AFieldKeepsTheNameThatItWasGivenFirst()
    {
        var names = new EdgeNames();

        Assert.Equal("[]", names.Of("Entry[]", 0, () => "[]"));
        Assert.Equal("[]", names.Of("Entry[]", 0, () => "[].value"));
        Assert.Equal("[].key", names.Of("Entry[]", 1, () => "[].key"));
    }
}

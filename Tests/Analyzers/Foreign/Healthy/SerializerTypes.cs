using System.Collections.Concurrent;

namespace Foreign.Healthy;

public static class SerializerTypes
{
    private static readonly ConcurrentDictionary<Type, string> Names = new();

    public static string NameOf(Type type) => Names.GetOrAdd(type, key => key.FullName ?? key.Name);
}

using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Shop.Lab.Diagnosis.Graph;
using Shop.Lab.Diagnosis.Growth;
using Shop.Lab.Diagnosis.Judgement;
using Shop.Lab.Diagnosis.Report;
using Shop.Lab.Diagnosis.Snapshots;

namespace Shop.Lab.Diagnosis.Strings;

/// <summary>
/// Finds reachable strings of equal content. The characters are compared where the copy of the heap has them: a content becomes a string
/// of this process only if the user asked to see it.
/// </summary>
internal sealed class DuplicateStrings(HeapSnapshot snapshot, HeapGraph graph, PathTree tree)
{
    private const int LengthOffset = sizeof(ulong);
    private const int TextOffset = LengthOffset + sizeof(int);
    private const int MaxPlaces = 5;
    private const int MaxShown = 80;

    /// <summary>Compares all reachable strings.</summary>
    /// <param name="showContents">Whether the result has the contents that waste most.</param>
    public StringWaste Find(bool showContents)
    {
        var strings = Strings();
        // A hash table that is at most half full: the first string of each content, in the order of addresses, and how many repeat it.
        var mask = (int)BitOperations.RoundUpToPowerOf2((uint)(2 * strings.Count) | 1) - 1;
        var (firsts, repeats) = (new int[mask + 1], new int[mask + 1]);
        Array.Fill(firsts, HeapGraph.Null);
        var holders = new Dictionary<PathNode, Waste>();
        foreach (var item in strings)
        {
            var text = TextOf(item);
            var slot = string.GetHashCode(text) & mask;
            while (firsts[slot] != HeapGraph.Null && !TextOf(firsts[slot]).SequenceEqual(text))
                slot = (slot + 1) & mask;
            if (firsts[slot] == HeapGraph.Null)
            {
                firsts[slot] = item;
                continue;
            }
            repeats[slot]++;
            var node = tree.Nodes[item]!;
            if (!holders.TryGetValue(node, out var held))
                holders[node] = held = new Waste();
            held.Add(graph.SizeOf(item));
        }
        return new(
            strings.Count, repeats.Count(count => count > 0),
            holders.Values.Sum(held => held.Count), holders.Values.Sum(held => held.Bytes),
            Largest(holders), showContents ? Largest(firsts, repeats) : null);
    }

    private List<int> Strings()
    {
        var layout = graph.Types.FirstOrDefault(layout => layout.Type.IsString);
        var strings = new List<int>();
        for (var item = 0; item < graph.Count; item++)
        {
            if (graph.LayoutOf(item) == layout && tree.Nodes[item] is not null)
                strings.Add(item);
        }
        return strings;
    }

    // Several nodes can have one name: a dictionary's keys and its values.
    private static List<StringHolder> Largest(Dictionary<PathNode, Waste> holders)
        => [.. holders.GroupBy(holder => LeakTrace.Of(holder.Key).ToString(), holder => holder.Value)
            .Select(place => new StringHolder(place.Key, place.Sum(held => held.Count), place.Sum(held => held.Bytes)))
            .OrderByDescending(place => place.Bytes).Take(MaxPlaces)];

    private List<DuplicateContent> Largest(int[] firsts, int[] repeats)
        => [.. firsts.Zip(repeats).Where(content => content.Second > 0)
            .Select(content => (First: content.First, Count: content.Second, Bytes: (long)content.Second * graph.SizeOf(content.First)))
            .OrderByDescending(content => content.Bytes).Take(MaxPlaces)
            .Select(content => new DuplicateContent(Escape(TextOf(content.First)), content.Count, content.Bytes))];

    // The loop is over before the runtime would compile it anew: optimized at once, it takes a quarter of the time less.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ReadOnlySpan<char> TextOf(int item)
    {
        var bytes = snapshot.Memory.BytesFrom(graph.AddressOf(item));
        return MemoryMarshal.Cast<byte, char>(bytes[TextOffset..])[..MemoryMarshal.Read<int>(bytes[LengthOffset..])];
    }

    // What a terminal would obey and what would end the code in a Markdown file is written as a number.
    private static string Escape(ReadOnlySpan<char> text)
    {
        var escaped = new StringBuilder();
        foreach (var character in text[..Math.Min(text.Length, MaxShown)])
        {
            if (character is >= ' ' and <= '~' and not ('\\' or '`') || (!char.IsAscii(character) && char.IsLetterOrDigit(character)))
                escaped.Append(character);
            else
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
        }
        return text.Length > MaxShown ? escaped.Append('…').ToString() : escaped.ToString();
    }

    // A class, because the runtime has the code of dictionaries of classes compiled.
    private sealed class Waste
    {
        public long Count { get; private set; }

        public long Bytes { get; private set; }

        public void Add(int bytes)
        {
            Count++;
            Bytes += bytes;
        }
    }
}

namespace Shop.ServiceDefaults.Memory;

/// <summary>Counts the collections of generation 2 in the last seconds; bounded by one reading a second.</summary>
/// <param name="length">The window.</param>
/// <param name="time">Converts timestamps.</param>
internal sealed class CollectionWindow(TimeSpan length, TimeProvider time)
{
    private readonly Queue<MemoryReading> _readings = new();

    /// <summary>Adds a reading; returns the number of collections in the window that ends with it.</summary>
    public int Add(MemoryReading reading)
    {
        _readings.Enqueue(reading);
        while (time.GetElapsedTime(_readings.Peek().Timestamp, reading.Timestamp) > length)
            _readings.Dequeue();
        return reading.Gen2Collections - _readings.Peek().Gen2Collections;
    }
}

namespace Shop.Lab.Proof.Defects;

/// <summary>A test that shows a defect of a Published variant, as this run has seen it.</summary>
/// <param name="Name">Its class and method.</param>
/// <param name="HasPassed">Whether Published had the defect and Fixed did not.</param>
internal sealed record DefectTest(string Name, bool HasPassed);

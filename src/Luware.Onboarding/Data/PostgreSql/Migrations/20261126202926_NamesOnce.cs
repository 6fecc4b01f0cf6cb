using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Luware.Onboarding.Data.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class NamesOnce : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "AcceptorName",
                table: "Invitations");

            migrationBuilder.DropColumn(
                name: "CreatorName",
                table: "Invitations");

            migrationBuilder.DropColumn(
                name: "ColleagueName",
                table: "ColleagueLinks");

            migrationBuilder.DropColumn(
                name: "SenderName",
                table: "ColleagueLinks");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "AcceptorName",
                table: "Invitations",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CreatorName",
                table: "Invitations",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "ColleagueName",
                table: "ColleagueLinks",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SenderName",
                table: "ColleagueLinks",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "");
        }
    }
}

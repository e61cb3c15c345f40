<?php
/**
 * Plugin Name:       What Matters
 * Description:       Puts the questions of What Matters on a page: [what_matters]Tell us what matters to you[/what_matters]
 * Version:           1.0.0
 * Requires at least: 5.7
 * Requires PHP:      7.2
 * License:           MIT OR Apache-2.0
 *
 * One file. It keeps one setting, the address of What Matters, asks nobody for anything, and writes nothing that is
 * not escaped. docs/embedding.md says which of link, frame and element to take.
 */

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/** The one setting there is. */
const WHAT_MATTERS_ADDRESS = 'what_matters_address';

/**
 * An https address of a folder, with a slash at its end; empty where the text is none. Plain http is taken for this
 * very machine alone.
 */
function what_matters_folder( $text ) {
	$address = is_string( $text ) ? trim( $text ) : '';
	$parts   = parse_url( $address );
	if ( ! is_array( $parts ) || empty( $parts['host'] ) || isset( $parts['user'] ) || isset( $parts['query'] ) || isset( $parts['fragment'] ) ) {
		return '';
	}
	$scheme  = strtolower( isset( $parts['scheme'] ) ? $parts['scheme'] : '' );
	$machine = in_array( $parts['host'], array( '127.0.0.1', 'localhost' ), true );
	if ( 'https' !== $scheme && ! ( 'http' === $scheme && $machine ) ) {
		return '';
	}
	return esc_url_raw( rtrim( $address, '/' ) . '/', array( 'https', 'http' ) );
}

/** A file below that folder: a path that names no other place. Empty where it is none. */
function what_matters_file( $folder, $path ) {
	if ( ! preg_match( '/\A[A-Za-z0-9][A-Za-z0-9_\-]*(\/[A-Za-z0-9][A-Za-z0-9_\-]*)*\.json\z/', $path ) ) {
		return '';
	}
	return $folder . $path;
}

/** A short name: a questionnaire's id, or the tag of a language. Empty where it is none. */
function what_matters_name( $text ) {
	return preg_match( '/\A[A-Za-z0-9][A-Za-z0-9\-]{0,63}\z/', $text ) ? $text : '';
}

/** What stands in the place of the shortcode. */
function what_matters_shortcode( $attributes, $content = '' ) {
	$folder = what_matters_folder( get_option( WHAT_MATTERS_ADDRESS, '' ) );
	if ( '' === $folder ) {
		// Patients see nothing of a setting that is missing; whoever can put it right is told.
		return current_user_can( 'manage_options' ) ? '<p>' . esc_html__( 'What Matters: fill in its address under Settings, General.', 'what-matters' ) . '</p>' : '';
	}
	$given      = shortcode_atts(
		array(
			'as'         => 'link',
			'config'     => '',
			'instrument' => '',
			'language'   => '',
			'title'      => __( 'What matters to you', 'what-matters' ),
			'height'     => '700',
			'heading'    => '2',
		),
		$attributes,
		'what_matters'
	);
	$instrument = what_matters_name( $given['instrument'] );
	$language   = what_matters_name( $given['language'] );
	$asked      = array_filter(
		array(
			'instrument' => $instrument,
			'lang'       => $language,
		)
	);
	$address    = $asked ? add_query_arg( $asked, $folder ) : $folder;
	$words      = trim( wp_strip_all_tags( (string) $content ) );
	$words      = '' === $words ? $given['title'] : $words;
	$link       = sprintf( '<a href="%s" data-start>%s</a>', esc_url( $address ), esc_html( $words ) );

	if ( 'frame' === $given['as'] ) {
		what_matters_enqueue( $folder );
		return sprintf(
			'<iframe data-what-matters src="%s" title="%s" width="100%%" height="%d" loading="lazy"></iframe>',
			esc_url( $address ),
			esc_attr( $given['title'] ),
			min( max( absint( $given['height'] ), 200 ), 5000 )
		);
	}
	$config = what_matters_file( $folder, $given['config'] );
	if ( 'element' === $given['as'] && '' !== $config ) {
		what_matters_enqueue( $folder );
		$more  = '' === $instrument ? '' : sprintf( ' instrument="%s"', esc_attr( $instrument ) );
		$more .= '' === $language ? '' : sprintf( ' language="%s"', esc_attr( $language ) );
		return sprintf(
			'<what-matters config="%s" heading-level="%d"%s><p>%s</p></what-matters>',
			esc_url( $config ),
			min( max( absint( $given['heading'] ), 1 ), 4 ),
			$more,
			$link
		);
	}
	return sprintf( '<p>%s</p>', str_replace( ' data-start', '', $link ) );
}

/** The script, on pages that need it and no others. */
function what_matters_enqueue( $folder ) {
	wp_enqueue_script( 'what-matters', $folder . 'embed.js', array(), null, true );
}

/** It is a module, which WordPress before 6.5 has no way to say. */
function what_matters_module( $tag, $handle ) {
	if ( 'what-matters' !== $handle ) {
		return $tag;
	}
	return str_replace( '<script ', '<script type="module" ', preg_replace( '/ type=(["\'])text\/javascript\1/', '', $tag ) );
}

/** The setting, on the page of general settings. */
function what_matters_settings() {
	register_setting(
		'general',
		WHAT_MATTERS_ADDRESS,
		array(
			'type'              => 'string',
			'sanitize_callback' => 'what_matters_folder',
			'default'           => '',
		)
	);
	add_settings_field(
		WHAT_MATTERS_ADDRESS,
		esc_html__( 'Address of What Matters', 'what-matters' ),
		'what_matters_field',
		'general',
		'default',
		array( 'label_for' => WHAT_MATTERS_ADDRESS )
	);
}

/** Its box. */
function what_matters_field() {
	printf(
		'<input type="url" class="regular-text" id="%1$s" name="%1$s" value="%2$s" placeholder="https://">',
		esc_attr( WHAT_MATTERS_ADDRESS ),
		esc_attr( get_option( WHAT_MATTERS_ADDRESS, '' ) )
	);
}

add_shortcode( 'what_matters', 'what_matters_shortcode' );
add_filter( 'script_loader_tag', 'what_matters_module', 10, 2 );
add_action( 'admin_init', 'what_matters_settings' );
